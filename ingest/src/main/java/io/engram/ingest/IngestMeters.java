package io.engram.ingest;

import io.engram.ingest.domain.Category;
import io.engram.ingest.domain.IngestCounters;
import io.engram.ingest.domain.PartitionCounts.Total;
import io.engram.schemas.ForgottenKeys;
import io.engram.servicekit.metrics.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Ingest's meters, of what {@link IngestMetrics} declares. Closing takes them out of the registry. */
final class IngestMeters implements AutoCloseable {

  private final Meters meters;

  IngestMeters(
      MeterRegistry registry,
      IngestCounters counters,
      ForgottenKeys forgotten,
      LongSupplier lag,
      DoubleSupplier lagSeconds) {
    this.meters = new Meters(registry);
    meters.counted(IngestMetrics.EXAMPLES, counters, c -> c.done(Total.EXAMPLES));
    meters.counted(IngestMetrics.TASKS, counters, c -> c.done(Total.TASKS));
    meters.counted(IngestMetrics.QUESTIONS, counters, c -> c.done(Total.QUESTIONS));
    meters.counted(IngestMetrics.GIVEN_UP, counters, c -> c.done(Total.GIVEN_UP));
    meters.counted(IngestMetrics.LATE, counters, c -> c.done(Total.LATE));
    meters.counted(IngestMetrics.STRAYED_KEYS, counters, c -> c.places().strayed());
    for (Category category : Category.values()) {
      meters.counted(
          IngestMetrics.REJECTED, counters, c -> c.doneRejecting(category), category.word());
    }
    meters.gauge(IngestMetrics.LOG_EXAMPLES, counters, c -> c.sum(Total.EXAMPLES));
    meters.gauge(IngestMetrics.LOG_TASKS, counters, c -> c.sum(Total.TASKS));
    meters.gauge(IngestMetrics.LOG_REJECTED, counters, IngestCounters::rejected);
    meters.gauge(IngestMetrics.OPEN, counters, c -> c.sum(Total.OPEN));
    meters.gauge(IngestMetrics.FORGOTTEN_FOREIGN, forgotten, ForgottenKeys::foreign);
    meters.gauge(IngestMetrics.LAG, lag, LongSupplier::getAsLong);
    meters.gauge(IngestMetrics.LAG_SECONDS, lagSeconds, DoubleSupplier::getAsDouble);
  }

  @Override
  public void close() {
    meters.close();
  }
}
