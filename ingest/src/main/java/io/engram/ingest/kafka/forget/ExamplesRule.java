package io.engram.ingest.kafka.forget;

import io.engram.schemas.kafka.Husk;
import io.engram.schemas.kafka.SourceIndex;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * {@code examples}: the key's go, the others move up. A husk stays of those that ingest has not read yet, which it then counts, and of the last one
 * that a source numbered, since the source goes on behind the largest number it finds.
 */
final class ExamplesRule implements CopyRule {

  private final byte[] key;
  private final Map<Integer, Long> read;
  private final Map<Integer, Long> lastOfSource;
  private final Map<Integer, Long> ofSource = new HashMap<>();
  private final OffsetMap fresh = new OffsetMap();

  /**
   * @param read where ingest goes on, by partition; what lies before was grouped
   * @param lastOfSource the offset of the last record that a source numbered, by partition
   */
  ExamplesRule(byte[] key, Map<Integer, Long> read, Map<Integer, Long> lastOfSource) {
    this.key = key;
    this.read = read;
    this.lastOfSource = lastOfSource;
  }

  /** Where they stand now; complete when all were copied. */
  OffsetMap fresh() {
    return fresh;
  }

  /** The offset of the last record that a source numbered, by partition; complete when all were copied. */
  Map<Integer, Long> ofSource() {
    return ofSource;
  }

  @Override
  public boolean ofKey(ConsumerRecord<byte[], byte[]> record) {
    return Arrays.equals(record.key(), key);
  }

  @Override
  @SuppressWarnings("NullAway") // a husk has neither key nor value
  public @Nullable ProducerRecord<byte[], byte[]> copy(
      ConsumerRecord<byte[], byte[]> record, String to) {
    OptionalLong index = SourceIndex.read(record.headers());
    if (index.isPresent()) {
      ofSource.put(record.partition(), record.offset());
    }
    boolean own = ofKey(record);
    if (own && !needed(record)) {
      return null;
    }
    fresh.kept(record.partition(), record.offset());
    if (!own) {
      return CopyRule.asItIs(record, to);
    }
    Headers headers = new RecordHeaders();
    Husk.write(headers);
    SourceIndex.copy(record.headers(), headers);
    Long timestamp = record.timestamp() < 0 ? null : record.timestamp();
    return new ProducerRecord<>(to, record.partition(), timestamp, null, null, headers);
  }

  private boolean needed(ConsumerRecord<byte[], byte[]> record) {
    return record.offset() >= read.getOrDefault(record.partition(), 0L)
        || record.offset() == lastOfSource.getOrDefault(record.partition(), -1L);
  }
}
