package io.engram.ingest.kafka.forget;

import io.engram.ingest.kafka.forget.OtherApplication.Ownership;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Of a topic of another application the key's records go, the others move up. */
final class OwnedRule implements CopyRule {

  private final byte[] key;
  private final Ownership ownership;
  private final OffsetMap fresh = new OffsetMap();

  OwnedRule(byte[] key, Ownership ownership) {
    this.key = key;
    this.ownership = ownership;
  }

  /** Where they stand now; complete when all were copied. */
  OffsetMap fresh() {
    return fresh;
  }

  @Override
  public boolean ofKey(ConsumerRecord<byte[], byte[]> record) {
    return record.key() != null && ownership.belongs(record.key(), key);
  }

  @Override
  public @Nullable ProducerRecord<byte[], byte[]> copy(
      ConsumerRecord<byte[], byte[]> record, String to) {
    if (ofKey(record)) {
      return null;
    }
    fresh.kept(record.partition(), record.offset());
    return CopyRule.asItIs(record, to);
  }
}
