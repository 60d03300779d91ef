package io.engram.predict;

import io.engram.predict.domain.LiveCounters;
import io.engram.predict.domain.LiveCounts.Count;
import io.engram.servicekit.metrics.Meters;
import io.engram.servicekit.metrics.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** The role's meters, of what {@link PredictMetrics} declares. Closing takes them out of the registry. */
final class PredictMeters implements AutoCloseable {

  private final Meters meters;

  PredictMeters(
      MeterRegistry registry, LiveCounters counters, LongSupplier lag, DoubleSupplier lagSeconds) {
    this.meters = new Meters(registry);
    gauge(PredictMetrics.ANSWERED, counters, Count.ANSWERED);
    gauge(PredictMetrics.UNANSWERABLE, counters, Count.UNANSWERABLE);
    gauge(PredictMetrics.WITHOUT_SUPPORT, counters, Count.WITHOUT_SUPPORT);
    gauge(PredictMetrics.ASKED_AGAIN, counters, Count.ASKED_AGAIN);
    gauge(PredictMetrics.OPEN, counters, Count.OPEN);
    gauge(PredictMetrics.WAITING, counters, Count.WAITING);
    gauge(PredictMetrics.SCORED, counters, Count.SCORED);
    gauge(PredictMetrics.CORRECTED, counters, Count.CORRECTED);
    gauge(PredictMetrics.EXPIRED, counters, Count.EXPIRED);
    gauge(PredictMetrics.UNMATCHED, counters, Count.UNMATCHED);
    gauge(PredictMetrics.BAD_LABELS, counters, Count.BAD_LABELS);
    meters.gauge(PredictMetrics.LIVE_SCORE, counters, LiveCounters::score);
    meters.gauge(PredictMetrics.LIVE_SIMPLE, counters, LiveCounters::simpleScore);
    meters.gauge(PredictMetrics.LIVE_BESIDE_SIMPLE, counters, LiveCounters::scoreBesideSimple);
    meters.gauge(PredictMetrics.LAG, lag, LongSupplier::getAsLong);
    meters.gauge(PredictMetrics.LAG_SECONDS, lagSeconds, DoubleSupplier::getAsDouble);
  }

  private void gauge(Metric metric, LiveCounters counters, Count count) {
    meters.gauge(metric, counters, counts -> counts.of(count));
  }

  @Override
  public void close() {
    meters.close();
  }
}
