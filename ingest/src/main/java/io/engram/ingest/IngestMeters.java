package io.engram.ingest;

import io.engram.ingest.domain.Category;
import io.engram.ingest.domain.IngestCounters;
import io.engram.ingest.domain.PartitionCounts.Total;
import io.engram.schemas.ForgottenKeys;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Ingest's meters. Counters count from the start of the process, as {@code rate()} needs it: what they say must not fall and jump back when
 * partitions go and come. What stands in the logs in all is a gauge. Closing takes them out of the registry.
 */
final class IngestMeters implements AutoCloseable {

  private final MeterRegistry registry;
  private final IngestCounters counters;
  private final List<Meter> meters = new ArrayList<>();

  IngestMeters(
      MeterRegistry registry, IngestCounters counters, ForgottenKeys forgotten, LongSupplier lag) {
    this.registry = registry;
    this.counters = counters;
    counter(
        "engram.ingest.examples",
        c -> c.done(Total.EXAMPLES),
        "Records read from the topic examples, good and bad, since the process began");
    counter(
        "engram.ingest.tasks",
        c -> c.done(Total.TASKS),
        "Tasks written to the topic tasks since the process began");
    counter(
        "engram.ingest.questions",
        c -> c.done(Total.QUESTIONS),
        "Examples without a label that were passed over, since the process began");
    counter(
        "engram.ingest.given.up",
        c -> c.done(Total.GIVEN_UP),
        "Rejected examples that were not written to the topic examples.rejected once more, since the process began");
    for (Category category : Category.values()) {
      meters.add(
          FunctionCounter.builder(
                  "engram.ingest.rejected", counters, c -> c.doneRejecting(category))
              .tag("reason", category.word())
              .description(
                  "Examples rejected since the process began; deletions are counted and not written")
              .register(registry));
    }
    counter(
        "engram.ingest.late",
        c -> c.done(Total.LATE),
        "Examples that came when their window had been closed, since the process began");
    counter(
        "engram.ingest.strayed.keys",
        c -> c.places().strayed(),
        "How often a key came in another partition than the time before, since the process began");
    gauge(
        "engram.ingest.log.examples",
        c -> c.sum(Total.EXAMPLES),
        "Records of the topic examples that were read in all, of the partitions this process has");
    gauge(
        "engram.ingest.log.tasks",
        c -> c.sum(Total.TASKS),
        "Tasks written in all, of the partitions this process has");
    gauge(
        "engram.ingest.log.rejected",
        IngestCounters::rejected,
        "Examples rejected in all, of the partitions this process has");
    gauge(
        "engram.ingest.open",
        c -> c.sum(Total.OPEN),
        "Examples that wait for their task to be closed");
    meters.add(
        Gauge.builder("engram.ingest.forgotten.foreign", forgotten, ForgottenKeys::foreign)
            .description("Records of the topic forgotten that are no forgettings, passed over")
            .strongReference(true)
            .register(registry));
    meters.add(
        Gauge.builder("engram.ingest.lag", lag, LongSupplier::getAsLong)
            .description("Records of the topic examples not committed yet; -1 while not known")
            .strongReference(true)
            .register(registry));
  }

  private void counter(String name, ToDoubleFunction<IngestCounters> count, String description) {
    meters.add(
        FunctionCounter.builder(name, counters, count).description(description).register(registry));
  }

  private void gauge(String name, ToDoubleFunction<IngestCounters> value, String description) {
    meters.add(Gauge.builder(name, counters, value).description(description).register(registry));
  }

  @Override
  public void close() {
    meters.forEach(registry::remove);
  }
}
