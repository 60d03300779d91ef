package io.engram.ingest.kafka.forget;

import io.engram.ingest.kafka.Changelogs;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The changelog of waiting examples: the key's go, the others know where they stand now. */
final class BufferRule implements CopyRule {

  private final byte[] key;
  private final OffsetMap fresh;

  BufferRule(byte[] key, OffsetMap fresh) {
    this.key = key;
    this.fresh = fresh;
  }

  @Override
  public boolean ofKey(ConsumerRecord<byte[], byte[]> record) {
    return record.key() != null && Changelogs.buffers(record.key(), key);
  }

  @Override
  public @Nullable ProducerRecord<byte[], byte[]> copy(
      ConsumerRecord<byte[], byte[]> record, String to) {
    if (ofKey(record)) {
      return null;
    }
    byte[] value = record.value();
    return value == null
        ? CopyRule.asItIs(record, to)
        : CopyRule.with(
            record, to, Changelogs.moved(value, offset -> fresh.of(record.partition(), offset)));
  }
}
