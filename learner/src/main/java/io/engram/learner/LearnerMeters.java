package io.engram.learner;

import io.engram.learner.agent.Contest;
import io.engram.learner.agent.Phases;
import io.engram.learner.rocksdb.RocksLearnerStore;
import io.engram.model.Measure;
import io.engram.servicekit.metrics.Meters;
import io.engram.servicekit.metrics.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/** The learner's meters, of what {@link LearnerMetrics} declares. */
final class LearnerMeters {

  private static final int DECILE = 10;

  private final Meters meters;
  private final String model;

  LearnerMeters(MeterRegistry registry, String model) {
    this.meters = new Meters(registry);
    this.model = model;
  }

  void bind(LearnerService learner, DoubleSupplier lagSeconds) {
    counter(LearnerMetrics.TASKS, learner, s -> s.learned().tasks());
    counter(LearnerMetrics.EXAMPLES, learner, s -> s.learned().examples());
    counter(LearnerMetrics.REFUSED, learner, s -> s.learned().refusedTasks());
    counter(LearnerMetrics.META_UPDATES, learner, s -> s.learned().metaUpdates());
    counter(LearnerMetrics.DIVERGED, learner, LearnerStatus::divergedEpisodes);
    counter(LearnerMetrics.QUARANTINED, learner, s -> s.learned().quarantine().absurd());
    counter(LearnerMetrics.BEYOND_SHARE, learner, s -> s.learned().quarantine().beyondShare());
    counter(LearnerMetrics.CANDIDATES, learner, LearnerStatus::candidates);
    gauge(LearnerMetrics.MEMORY_TASKS, learner, s -> s.learned().memoryTasks());
    gauge(LearnerMetrics.LAG, learner, LearnerStatus::lag);
    LearnerMetrics.SCORES.forEach(
        (column, metric) -> gauge(metric, learner, s -> s.scores().last().of(column)));
    gauge(LearnerMetrics.RETAINED, learner, LearnerStatus::retained);
    meters.gauge(LearnerMetrics.KEPT, learner, LearnerService::kept, model);
    gauge(LearnerMetrics.BEST_BASELINE, learner, s -> contest(s).rivalScore());
    gauge(LearnerMetrics.ADVANTAGE, learner, s -> contest(s).advantage());
    gauge(LearnerMetrics.WORST_DECILE, learner, LearnerMeters::worstDecile);
    meters.gauge(LearnerMetrics.LAG_SECONDS, lagSeconds, DoubleSupplier::getAsDouble, model);
  }

  void bind(RocksLearnerStore<?, ?> store) {
    meters.gauge(LearnerMetrics.STORE_MEMORY, store, it -> it.memoryBytes(), model);
  }

  void bind(Phases phases) {
    for (Phases.Phase phase : Phases.Phase.values()) {
      meters.timed(
          LearnerMetrics.PHASES,
          phases,
          it -> it.times(phase),
          it -> it.seconds(phase),
          model,
          phase.word());
    }
  }

  private static Contest contest(LearnerStatus status) {
    return Contest.of(status.scores().last(), status.scores().measure());
  }

  /** Mean of the worst tenth, one task at least; NaN while there is none. */
  static double worstDecile(LearnerStatus status) {
    List<Double> scores = status.scores().newest();
    Comparator<Double> worstFirst =
        status.scores().measure() == Measure.ACCURACY
            ? Comparator.naturalOrder()
            : Comparator.reverseOrder();
    return scores.stream()
        .sorted(worstFirst)
        .limit((scores.size() + DECILE - 1) / DECILE)
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(Double.NaN);
  }

  private void counter(
      Metric metric, LearnerService learner, ToDoubleFunction<LearnerStatus> value) {
    meters.counted(metric, learner, it -> value.applyAsDouble(it.status()), model);
  }

  private void gauge(Metric metric, LearnerService learner, ToDoubleFunction<LearnerStatus> value) {
    meters.gauge(metric, learner, it -> value.applyAsDouble(it.status()), model);
  }
}
