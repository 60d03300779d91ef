package io.engram.predict;

import io.engram.predict.domain.LiveCounters;
import io.engram.predict.domain.LiveCounts.Count;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** The role's meters. What stands in the logs in all are gauges, of the partitions this process has. Closing takes them out of the registry. */
final class PredictMeters implements AutoCloseable {

  private final MeterRegistry registry;
  private final LiveCounters counters;
  private final List<Meter> meters = new ArrayList<>();

  PredictMeters(MeterRegistry registry, LiveCounters counters, LongSupplier lag) {
    this.registry = registry;
    this.counters = counters;
    gauge("engram.predict.answered", Count.ANSWERED, "Questions answered");
    gauge(
        "engram.predict.unanswerable",
        Count.UNANSWERABLE,
        "Questions answered with the reason why there is no answer");
    gauge(
        "engram.predict.without.support",
        Count.WITHOUT_SUPPORT,
        "Answers that rest on no labeled example of their key");
    gauge("engram.predict.asked.again", Count.ASKED_AGAIN, "Questions that came once more");
    gauge("engram.predict.open", Count.OPEN, "Questions and labels that are remembered");
    gauge("engram.predict.waiting", Count.WAITING, "Questions that wait for a version");
    gauge("engram.predict.scored", Count.SCORED, "Answers whose label has come");
    gauge("engram.predict.corrected", Count.CORRECTED, "Labels that were corrected");
    gauge("engram.predict.expired", Count.EXPIRED, "Questions whose label did not come in time");
    gauge(
        "engram.predict.unmatched", Count.UNMATCHED, "Labels whose question did not come in time");
    gauge(
        "engram.predict.bad.labels", Count.BAD_LABELS, "Records of the topic labels that are none");
    gauge(
        "engram.predict.live.score",
        LiveCounters::score,
        "Mean score of the answers given whose labels have come: accuracy, or squared error");
    gauge(
        "engram.predict.live.simple",
        LiveCounters::simpleScore,
        "What the key's commonest class, or mean, would have got where it is known");
    gauge(
        "engram.predict.live.beside.simple",
        LiveCounters::scoreBesideSimple,
        "Mean score of the answers to the same questions");
    meters.add(
        Gauge.builder("engram.predict.lag", lag, LongSupplier::getAsLong)
            .description(
                "Records of the topics examples and labels not committed yet; -1 while not known")
            .strongReference(true)
            .register(registry));
  }

  private void gauge(String name, Count count, String description) {
    gauge(
        name,
        counts -> counts.of(count),
        description + ", in all, of the partitions this process has");
  }

  private void gauge(String name, ToDoubleFunction<LiveCounters> value, String description) {
    meters.add(Gauge.builder(name, counters, value).description(description).register(registry));
  }

  @Override
  public void close() {
    meters.forEach(registry::remove);
  }
}
