package io.engram.learner;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.learner.rocksdb.RocksLearnerStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The learner's numbers for Prometheus. */
final class LearnerMetrics {

  private LearnerMetrics() {}

  static void bind(LearnerService learner, MeterRegistry meters) {
    counter(meters, learner, "tasks", "Tasks taken up", s -> (double) s.learned().tasks());
    counter(
        meters,
        learner,
        "examples",
        "Examples in those tasks",
        s -> (double) s.learned().examples());
    counter(
        meters,
        learner,
        "refused",
        "Tasks that could not be learned from",
        s -> (double) s.learned().refusedTasks());
    counter(
        meters,
        learner,
        "meta.updates",
        "Outer steps; batches learned by a continual learner",
        s -> (double) s.learned().metaUpdates());
    counter(
        meters,
        learner,
        "diverged.episodes",
        "Episodes left out, their numbers not finite",
        s -> (double) s.divergedEpisodes());
    counter(
        meters,
        learner,
        "quarantined",
        "Tasks that were absurd, or went wrong, and were not learned from",
        s -> (double) s.learned().quarantine().absurd());
    counter(
        meters,
        learner,
        "beyond.share",
        "Tasks not learned from because their keys had had their share",
        s -> (double) s.learned().quarantine().beyondShare());
    counter(meters, learner, "candidates", "Candidates published", s -> (double) s.candidates());
    gauge(
        meters,
        learner,
        "memory.tasks",
        "Tasks remembered; examples by a continual learner",
        s -> s.learned().memoryTasks());
    gauge(meters, learner, "lag", "Tasks in the log not yet taken up", s -> (double) s.lag());
    for (ScoreColumn column : ScoreColumn.values()) {
      if (column.always() || column.onTheBoard() || column.aboutTheModel()) {
        gauge(
            meters,
            learner,
            "score." + words(column.key()),
            "Mean prequential score of the last window: " + column.title(),
            s -> s.scores().last().of(column));
      }
    }
    gauge(
        meters,
        learner,
        "score.retained",
        "Score of the newest candidate on what was held out over the whole past",
        LearnerStatus::retained);
  }

  static void bind(RocksLearnerStore<?, ?> store, MeterRegistry meters) {
    Gauge.builder("engram.learner.store.memory", store, it -> (double) it.memoryBytes())
        .description("Memory of the learner's store outside the heap")
        .baseUnit("bytes")
        .strongReference(true)
        .register(meters);
  }

  /** Names of metrics have dots where those for programs have capitals. */
  private static String words(String key) {
    return key.replaceAll("([A-Z])", ".$1").toLowerCase(Locale.ROOT);
  }

  private static void counter(
      MeterRegistry meters,
      LearnerService learner,
      String name,
      String description,
      ToDoubleFunction<LearnerStatus> value) {
    FunctionCounter.builder("engram.learner." + name, learner, l -> value.applyAsDouble(l.status()))
        .description(description)
        .register(meters);
  }

  private static void gauge(
      MeterRegistry meters,
      LearnerService learner,
      String name,
      String description,
      ToDoubleFunction<LearnerStatus> value) {
    Gauge.builder("engram.learner." + name, learner, l -> value.applyAsDouble(l.status()))
        .description(description)
        .strongReference(true)
        .register(meters);
  }
}
