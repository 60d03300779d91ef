package io.engram.ingest.kafka.forget;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** What becomes of each record of a topic that is written anew. Asked once for each, partition by partition, in the order of offsets. */
interface CopyRule {

  /**
   * Decides.
   *
   * @param to the topic that the copy is written to
   * @return the record of the copy; null where nothing of it stays
   */
  @Nullable ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> record, String to);

  /** Whether a record is the key's own. */
  boolean ofKey(ConsumerRecord<byte[], byte[]> record);

  /** What stands behind the last record of a partition's copy. */
  default List<ProducerRecord<byte[], byte[]>> behind(int partition, String to) {
    return List.of();
  }

  /** All records stay as they are. */
  static CopyRule all() {
    return new CopyRule() {

      @Override
      public ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> record, String to) {
        return asItIs(record, to);
      }

      @Override
      public boolean ofKey(ConsumerRecord<byte[], byte[]> record) {
        return false;
      }
    };
  }

  /** The record as it is, on another topic. */
  static ProducerRecord<byte[], byte[]> asItIs(ConsumerRecord<byte[], byte[]> record, String to) {
    return with(record, to, record.value());
  }

  /** The record with another value, on another topic. */
  @SuppressWarnings("NullAway") // a record may lack its key or value
  static ProducerRecord<byte[], byte[]> with(
      ConsumerRecord<byte[], byte[]> record, String to, byte @Nullable [] value) {
    Long timestamp = record.timestamp() < 0 ? null : record.timestamp();
    return new ProducerRecord<>(
        to, record.partition(), timestamp, record.key(), value, record.headers());
  }
}
