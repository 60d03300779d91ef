package io.engram.experiments.sinusoid;

import static java.util.Objects.requireNonNull;

import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Machine;
import io.engram.benchmarks.learning.Durations;
import io.engram.benchmarks.learning.Mean;
import io.engram.benchmarks.learning.MetaRun;
import io.engram.benchmarks.learning.MetaRun.Trained;
import io.engram.benchmarks.learning.TrainingPlan;
import io.engram.benchmarks.learning.Trial;
import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.network.InitialParameters;
import io.engram.core.network.NetworkPresets;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.core.task.Episode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Mean squared error on new waves after 0, 1, 5 and 10 gradient steps on K = 5, 10 and 20 points. */
final class SinusoidBenchmark {

  private static final List<Integer> SHOTS = List.of(5, 10, 20);
  private static final List<Integer> STEPS = List.of(0, 1, 5, 10);
  private static final int QUERIES = 100;

  /** A flat guess is at most 25 off, squared; above this an inner loop has run away. */
  private static final double DIVERGED = 1000;

  private static final int CHECKPOINT_EVERY = 5000;

  private final ComputeEngine engine;
  private final double part;
  private final long seed;
  private final int judged;
  private final @Nullable Path state;
  private final Consumer<String> progress;
  private final List<Case> cases = new ArrayList<>();

  /**
   * A run.
   *
   * @param part of the full training, above 0 and at most 1
   * @param judged new waves behind each figure
   * @param state directory of the checkpoints, or null for none
   */
  SinusoidBenchmark(
      ComputeEngine engine,
      double part,
      long seed,
      int judged,
      @Nullable Path state,
      Consumer<String> progress) {
    this.engine = engine;
    this.part = part;
    this.seed = seed;
    this.judged = judged;
    this.state = state;
    this.progress = progress;
  }

  BenchReport run() {
    Machine machine = Machine.here();
    try (MetaProgram program = engine.compile(NetworkPresets.sinusoid())) {
      float[] untrained = InitialParameters.of(NetworkPresets.sinusoid(), seed, false);
      judge(program, "untrained", Learner.MAML, untrained);
      for (Learner learner : Learner.values()) {
        Trained trained = train(program, learner);
        judge(program, learner.label(), learner, trained.state().theta());
      }
    }
    return new BenchReport("sinusoid", machine, cases);
  }

  private Trained train(MetaProgram program, Learner learner) {
    TrainingPlan plan = learner.plan(part, seed);
    progress.accept(plan.name() + "\n" + plan.describe().stripTrailing());
    Path checkpoint = state == null ? null : state.resolve(plan.name() + ".checkpoint");
    Trained trained =
        new MetaRun(
                plan,
                program,
                step -> batch(learner, plan, step),
                checkpoint,
                CHECKPOINT_EVERY,
                progress)
            .train();
    cases.add(
        Case.of(
            learner.label(),
            "training, %,d outer steps".formatted(plan.length().steps()),
            trained.seconds(),
            "s",
            Durations.of(trained.seconds())));
    return trained;
  }

  private static List<Episode> batch(Learner learner, TrainingPlan plan, long step) {
    List<Episode> batch = new ArrayList<>(plan.length().metaBatch());
    for (int i = 0; i < plan.length().metaBatch(); i++) {
      long draw = Seeds.derive(plan.seed(), Purpose.STREAM, step, i);
      batch.add(WaveTasks.draw(learner.shots, learner.queries(), draw));
    }
    return batch;
  }

  private void judge(MetaProgram program, String name, Learner learner, float[] theta) {
    Trial trial = new Trial(program, line -> {});
    for (int shots : SHOTS) {
      StringBuilder row = new StringBuilder();
      for (int steps : STEPS) {
        Mean error =
            requireNonNull(
                trial
                    .run(
                        name,
                        theta,
                        learner.judged(steps),
                        i -> task(shots, i),
                        judged,
                        DIVERGED,
                        List.of(NormalizationMode.TRANSDUCTIVE))
                    .get(NormalizationMode.TRANSDUCTIVE));
        cases.add(
            Case.of(
                "%s K=%d".formatted(name, shots),
                "error after %d steps".formatted(steps),
                error.value(),
                "mse",
                error.spread()));
        row.append(
            String.format(
                Locale.ROOT, "   %2d: %.3f ± %.3f", steps, error.value(), error.halfWidth()));
      }
      progress.accept("%-12s K=%-2d  error after steps%s".formatted(name, shots, row));
    }
  }

  /** The same waves for all learners and numbers of steps. */
  private Episode task(int shots, long number) {
    return WaveTasks.draw(shots, QUERIES, Seeds.derive(seed, Purpose.SCORING, shots, number));
  }
}
