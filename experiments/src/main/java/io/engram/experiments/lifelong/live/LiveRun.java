package io.engram.experiments.lifelong.live;

import io.engram.cli.config.Settings;
import io.engram.cli.pipeline.Pipeline;
import io.engram.cli.pipeline.Pipeline.PartFailure;
import io.engram.cli.pipeline.PipelineConfig;
import io.engram.cli.source.SessionSource;
import io.engram.cli.state.StateDirectory;
import io.engram.client.Engram;
import io.engram.client.EngramConfig;
import io.engram.client.Model;
import io.engram.client.ModelSubscription;
import io.engram.model.Metric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One arm on one seed's stream: producer, ingest, learner, registry and subscriber as {@code engram run} wires them, and a user's program
 * that sits the exams. Killed, it goes on from its directory.
 */
final class LiveRun {

  private static final int LOOKS = 600;
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final LivePlan plan;
  private final AlphabetSessions sessions;
  private final Exam exam;
  private final AdaptationExam adaptation;
  private final Arm arm;
  private final long seed;

  LiveRun(
      LivePlan plan,
      AlphabetSessions sessions,
      Exam exam,
      AdaptationExam adaptation,
      Arm arm,
      long seed) {
    this.plan = plan;
    this.sessions = sessions;
    this.exam = exam;
    this.adaptation = adaptation;
    this.arm = arm;
    this.seed = seed;
  }

  /** What decides the outcome. */
  String identity() {
    return "%s %s %s".formatted(plan, sessions.identity(), plan.assignments(arm, seed));
  }

  /**
   * Runs from exam {@code first} on.
   *
   * @param directory where it keeps its state; of no other run
   */
  void run(int first, Path directory, Consumer<Sitting> sat) {
    Settings settings = plan.settings(arm, seed, directory);
    StateDirectory state = StateDirectory.open(directory);
    long tasks = plan.sessionsUntil(plan.exams());
    try (HeldBackSource source =
        new HeldBackSource(new SessionSource(sessions, OptionalLong.of(tasks), 1, seed))) {
      state.requireStream(source.identity());
      PipelineConfig config = PipelineConfig.read(settings, state, source);
      try (Pipeline pipeline = Pipeline.start(config, new SimpleMeterRegistry());
          Engram engram = Engram.connect(EngramConfig.of(pipeline.bootstrap()));
          ModelSubscription model = engram.subscribe(config.learner().modelName())) {
        for (int number = first; number <= plan.exams(); number++) {
          int until = plan.sessionsUntil(number);
          source.release((long) until * sessions.examplesPerSession());
          await(pipeline, model, until);
          sat.accept(sit(model, number));
        }
      }
    }
  }

  private Sitting sit(ModelSubscription model, int number) {
    Model held = model.current().orElseThrow();
    double prequential = held.metrics().getOrDefault(Metric.PREQUENTIAL.key(), Double.NaN);
    return new Sitting(
        new Sitting.Examinee(identity(), arm.label(), seed),
        number,
        tasks(held),
        held.version(),
        100 * prequential,
        exam.sit(model),
        plan.takesCurves(number) ? adaptation.sit(held) : null);
  }

  private static void await(Pipeline pipeline, ModelSubscription model, int tasks) {
    for (int look = 0; look < LOOKS; look++) {
      Optional<PartFailure> failure = pipeline.failure();
      if (failure.isPresent()) {
        throw new IllegalStateException(
            "the %s has stopped".formatted(failure.get().part()), failure.get().cause());
      }
      if (holds(model, tasks)) {
        return;
      }
    }
    throw new IllegalStateException(
        "no version that has learned from %d tasks came within %d s: %s"
            .formatted(tasks, LOOKS * BETWEEN_LOOKS.toSeconds(), pipeline.status()));
  }

  /** Waits a moment for the version of that very exam. */
  private static boolean holds(ModelSubscription model, int tasks) {
    try {
      Model held = model.subscriber().await(it -> tasks(it) >= tasks, BETWEEN_LOOKS);
      if (tasks(held) != tasks) {
        throw new IllegalStateException(
            "the exam after %d tasks was missed: %s has learned from %d"
                .formatted(tasks, held, tasks(held)));
      }
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted; what was sat is kept", e);
    }
  }

  private static long tasks(Model model) {
    return model.manifest().getLineage().getTasks();
  }
}
