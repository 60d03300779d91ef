package io.engram.ingest.kafka;

import io.engram.ingest.domain.PartitionCounts;
import io.engram.ingest.domain.PartitionCounts.Total;
import io.engram.ingest.domain.RecordHeader;
import io.engram.ingest.domain.RejectionRules;
import io.engram.ingest.domain.SameBytes;
import io.engram.schemas.Rejected;
import io.engram.schemas.kafka.RejectedHeaders;
import io.engram.servicekit.log.CountedLog;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Where the rejected of one partition go: to their topic with the reason and the number of attempts, unless the record has been there often
 * enough. Then it is counted, and its bytes stand on the topic already.
 */
final class RejectedSink {

  private static final CountedLog LOG = CountedLog.to(LoggerFactory.getLogger(RejectedSink.class));

  private final RejectionRules rules;
  private final ProcessorContext<byte[], byte[]> context;
  private final PartitionCounts counts;
  private final SameBytes same;

  RejectedSink(
      RejectionRules rules, ProcessorContext<byte[], byte[]> context, PartitionCounts counts) {
    this.rules = rules;
    this.context = context;
    this.counts = counts;
    this.same = new SameBytes(new StoredBuckets(context.getStateStore(IngestTopology.SAME)));
  }

  @SuppressWarnings("NullAway") // Kafka's records may lack key or value; Record does not say so
  void take(
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<RecordHeader> headers,
      long timestamp,
      Rejected rejected) {
    Headers withReason = KafkaHeaders.of(headers);
    int attempt = RejectedHeaders.attempts(withReason) + 1;
    if (attempt > rules.attempts()) {
      giveUp(rejected, "it was tried %d times (ingest.rejected.attempts)".formatted(attempt));
    } else if (holdsSomething(key, value) && same.seen(key, value) > rules.same()) {
      giveUp(
          rejected,
          "its key and value were rejected more than %d times (ingest.rejected.same)"
              .formatted(rules.same()));
    } else {
      RejectedHeaders.write(withReason, rejected);
      RejectedHeaders.writeAttempts(withReason, attempt);
      context.forward(
          new Record<>(key, value, timestamp, withReason), IngestTopology.REJECTED_SINK);
    }
  }

  /** What was forgotten on purpose has neither, and is no record that could go round. */
  private static boolean holdsSomething(byte @Nullable [] key, byte @Nullable [] value) {
    return key != null || value != null;
  }

  private void giveUp(Rejected rejected, String why) {
    counts.of(Total.GIVEN_UP).incrementAndGet();
    LOG.warn(
        "rejected again",
        "the record at {} was rejected ({}) and is not written to the rejected once more: {}; what is wrong with it: {}",
        rejected.source(),
        rejected.category(),
        why,
        rejected.reason());
  }

  /** In a state store. */
  private record StoredBuckets(KeyValueStore<Integer, byte[]> store) implements SameBytes.Buckets {

    @Override
    public byte @Nullable [] get(int bucket) {
      return store.get(bucket);
    }

    @Override
    public void put(int bucket, byte[] entries) {
      store.put(bucket, entries);
    }
  }
}
