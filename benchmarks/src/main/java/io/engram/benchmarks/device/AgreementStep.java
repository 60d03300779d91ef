package io.engram.benchmarks.device;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Rounds;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.task.Episode;
import io.engram.engine.fused.FusedEngine;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One meta-update of the engine beside the fused engine's on the same tasks. A rectifier whose input is within rounding of zero may open in one
 * engine and stay shut in the other, which moves a task's gradient by far more than rounding: with rectifiers some tasks are off by that, and the
 * quarter of tasks that agrees best is judged; with tanh in their place, the mean gradient. Also how far exact MAML is from first order there: an engine that took one for the
 * other would be off by that.
 */
final class AgreementStep implements Step {

  private static final double GOAL = 1e-5;
  private static final int TASKS = 32;
  private static final int QUICK_TASKS = 2;
  private static final double MILLIONTHS = 1e6;

  @Override
  public void run(StepContext context) {
    int tasks = context.quick() ? QUICK_TASKS : TASKS;
    for (DeviceCase workload : cases()) {
      try (MetaProgram ours = context.open().compile(workload.spec());
          MetaProgram fused = new FusedEngine(context.threads()).compile(workload.spec())) {
        List<Episode> episodes = new NoiseTasks(workload, tasks).batch(0);
        for (MetaRule rule : MetaRule.values()) {
          if (ours.capabilities().runs(workload.loop(), rule)) {
            compare(context, workload, episodes, rule, ours, fused);
          }
        }
        orders(context, workload, episodes, fused);
      } catch (RuntimeException | LinkageError e) {
        context.cases().add(Remark.missing(workload.name(), "agreement", e.toString()));
      }
    }
  }

  private static List<DeviceCase> cases() {
    return Stream.concat(
            DeviceCase.ALL.stream(), DeviceCase.ALL.stream().map(DeviceCase::withoutKinks))
        .toList();
  }

  private static void compare(
      StepContext context,
      DeviceCase workload,
      List<Episode> episodes,
      MetaRule rule,
      MetaProgram ours,
      MetaProgram fused) {
    String name = workload.label(episodes.size(), rule);
    Rounds each = new Rounds();
    for (Episode episode : episodes) {
      List<Episode> alone = List.of(episode);
      each.add(
          relative(gradient(ours, workload, alone, rule), gradient(fused, workload, alone, rule)));
    }
    float[] found = gradient(ours, workload, episodes, rule);
    float[] expected = gradient(fused, workload, episodes, rule);
    String spread =
        String.format(
            Locale.ROOT,
            "%.2f, %.2f, %.2f: least, median, most",
            each.quantile(0) * MILLIONTHS,
            each.median() * MILLIONTHS,
            each.quantile(1) * MILLIONTHS);
    boolean smooth = !workload.hasKinks();
    context
        .cases()
        .addAll(
            List.of(
                line(name, "off fused's, best quarter of tasks", each.quantile(0.25), spread, true),
                line(name, "off fused's, mean gradient", relative(found, expected), null, smooth),
                line(
                    name,
                    "off fused's, θ after a step of 1",
                    distance(found, expected) / norm(stepped(workload.theta(), expected)),
                    null,
                    smooth)));
  }

  private static void orders(
      StepContext context, DeviceCase workload, List<Episode> episodes, MetaProgram fused) {
    float[] first = gradient(fused, workload, episodes, MetaRule.FIRST_ORDER);
    float[] exact = gradient(fused, workload, episodes, MetaRule.SECOND_ORDER);
    context
        .cases()
        .add(
            line(
                workload.label(episodes.size(), MetaRule.SECOND_ORDER),
                "first order off exact",
                relative(first, exact),
                null,
                false));
  }

  private static Case line(
      String name, String metric, double difference, @Nullable String spread, boolean judged) {
    return Case.of(name, metric, difference * MILLIONTHS, "1e-6", spread)
        .goal(
            judged ? "<= " + Math.round(GOAL * MILLIONTHS) : null,
            judged ? difference <= GOAL : null);
  }

  /** A new array with the mean meta-gradient at the case's θ. */
  static float[] gradient(
      MetaProgram program, DeviceCase workload, List<Episode> episodes, MetaRule rule) {
    float[] theta = workload.theta();
    MetaGradient gradient = MetaGradient.of(theta.length);
    program.metaGradient(theta, episodes, MetaObjective.of(workload.loop(), rule), gradient);
    return gradient.parameters();
  }

  /** ‖found − expected‖ / ‖expected‖. */
  static double relative(float[] found, float[] expected) {
    return distance(found, expected) / norm(expected);
  }

  private static float[] stepped(float[] theta, float[] gradient) {
    for (int i = 0; i < theta.length; i++) {
      theta[i] -= gradient[i];
    }
    return theta;
  }

  private static double distance(float[] a, float[] b) {
    double squares = 0;
    for (int i = 0; i < b.length; i++) {
      double difference = (double) a[i] - b[i];
      squares += difference * difference;
    }
    return Math.sqrt(squares);
  }

  private static double norm(float[] values) {
    return distance(values, new float[values.length]);
  }
}
