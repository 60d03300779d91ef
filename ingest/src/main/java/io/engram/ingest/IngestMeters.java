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

/** Ingest's meters; they read the same counts as its status. Closing takes them out of the registry. */
final class IngestMeters implements AutoCloseable {

  private final MeterRegistry registry;
  private final List<Meter> meters = new ArrayList<>();

  IngestMeters(
      MeterRegistry registry, IngestCounters counters, ForgottenKeys forgotten, LongSupplier lag) {
    this.registry = registry;
    meters.add(
        FunctionCounter.builder("engram.ingest.examples", counters, c -> c.sum(Total.EXAMPLES))
            .description("Records read from the topic examples, good and bad")
            .register(registry));
    meters.add(
        FunctionCounter.builder("engram.ingest.tasks", counters, c -> c.sum(Total.TASKS))
            .description("Tasks written to the topic tasks")
            .register(registry));
    for (Category category : Category.values()) {
      meters.add(
          FunctionCounter.builder("engram.ingest.rejected", counters, c -> c.rejected(category))
              .tag("reason", category.word())
              .description("Examples written to the topic examples.rejected")
              .register(registry));
    }
    meters.add(
        Gauge.builder("engram.ingest.open", counters, c -> c.sum(Total.OPEN))
            .description("Examples that wait for their task to be closed")
            .register(registry));
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

  @Override
  public void close() {
    meters.forEach(registry::remove);
  }
}
