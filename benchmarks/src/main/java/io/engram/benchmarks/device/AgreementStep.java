package io.engram.benchmarks.device;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.MetaGradient;
import io.engram.core.compute.MetaProgram;
import io.engram.core.compute.MetaRule;
import io.engram.core.task.Episode;
import io.engram.engine.fused.FusedEngine;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One meta-gradient of the engine beside the fused engine's on the same tasks, as a share of its norm. Also how far exact MAML is from first
 * order there: an engine that took one for the other would be off by that.
 */
final class AgreementStep implements Step {

  private static final double GOAL = 1e-5;
  private static final int TASKS = 32;
  private static final int QUICK_TASKS = 4;

  @Override
  public void run(StepContext context) {
    int tasks = context.quick() ? QUICK_TASKS : TASKS;
    for (DeviceCase workload : DeviceCase.ALL) {
      try {
        compare(context, workload, tasks);
      } catch (RuntimeException | LinkageError e) {
        context.cases().add(Remark.missing(workload.name(), "agreement", e.toString()));
      }
    }
  }

  private static void compare(StepContext context, DeviceCase workload, int tasks) {
    List<Episode> episodes = new NoiseTasks(workload, tasks).batch(0);
    Map<MetaRule, float[]> expected =
        gradients(new FusedEngine(context.threads()), workload, episodes);
    Map<MetaRule, float[]> found = gradients(context.open(), workload, episodes);
    found.forEach(
        (rule, gradient) -> {
          double difference = relative(gradient, expected.getOrDefault(rule, new float[0]));
          context
              .cases()
              .add(
                  new Case(
                      workload.label(tasks, rule),
                      "meta-gradient, off fused's by",
                      difference * 1e6,
                      "1e-6",
                      null,
                      null,
                      null,
                      "<= " + GOAL * 1e6,
                      difference <= GOAL));
        });
    float[] exact = found.get(MetaRule.SECOND_ORDER);
    float[] first = found.get(MetaRule.FIRST_ORDER);
    if (exact != null && first != null) {
      context
          .cases()
          .add(
              new Case(
                  workload.label(tasks, MetaRule.SECOND_ORDER),
                  "meta-gradient, off first order's by",
                  relative(first, exact) * 1e6,
                  "1e-6",
                  null,
                  null,
                  null,
                  null,
                  null));
    }
  }

  /** Of every rule that the engine runs. */
  static Map<MetaRule, float[]> gradients(
      ComputeEngine engine, DeviceCase workload, List<Episode> episodes) {
    Map<MetaRule, float[]> gradients = new EnumMap<>(MetaRule.class);
    float[] theta = workload.theta();
    try (MetaProgram program = engine.compile(workload.spec())) {
      for (MetaRule rule : MetaRule.values()) {
        if (program.supports(workload.loop(), rule)) {
          MetaGradient gradient = MetaGradient.of(theta.length);
          program.metaGradient(theta, episodes, workload.loop(), rule, gradient);
          gradients.put(rule, gradient.parameters());
        }
      }
    }
    return gradients;
  }

  /** ‖found − expected‖ / ‖expected‖. */
  static double relative(float[] found, float[] expected) {
    if (found.length != expected.length) {
      return Double.NaN;
    }
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow((double) found[i] - expected[i], 2);
      norm += (double) expected[i] * expected[i];
    }
    return Math.sqrt(difference / norm);
  }
}
