package io.engram.ingest.kafka.forget;

import io.engram.schemas.Rejected;
import io.engram.schemas.kafka.RejectedHeaders;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** {@code examples.rejected}: the key's go; the others name the places where their examples stand now. */
final class RejectedRule implements CopyRule {

  private final byte[] key;
  private final String examples;
  private final OffsetMap fresh;
  private final Removed removed;

  RejectedRule(byte[] key, String examples, OffsetMap fresh, Removed removed) {
    this.key = key;
    this.examples = examples;
    this.fresh = fresh;
    this.removed = removed;
  }

  @Override
  public boolean ofKey(ConsumerRecord<byte[], byte[]> record) {
    return Arrays.equals(record.key(), key);
  }

  @Override
  public @Nullable ProducerRecord<byte[], byte[]> copy(
      ConsumerRecord<byte[], byte[]> record, String to) {
    Rejected rejected = RejectedHeaders.read(record.headers()).orElse(null);
    if (rejected == null
        || !(rejected.source() instanceof Rejected.Source.Log log)
        || !log.topic().equals(examples)) {
      return ofKey(record) ? null : CopyRule.asItIs(record, to);
    }
    if (ofKey(record)) {
      removed.rejected(log.partition(), rejected.category());
      return null;
    }
    ProducerRecord<byte[], byte[]> copy = CopyRule.asItIs(record, to);
    RejectedHeaders.write(
        copy.headers(),
        new Rejected(
            rejected.category(),
            rejected.reason(),
            new Rejected.Source.Log(
                log.topic(), log.partition(), fresh.of(log.partition(), log.offset()))));
    return copy;
  }
}
