package io.engram.client.kafka;

import io.engram.kafkakit.CommittedReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads the last committed records of a topic. For one thread. */
public final class NewestRecords implements AutoCloseable {

  private final CommittedReader reader;
  private final String topic;
  private final Duration patience;

  /**
   * Opens a consumer.
   *
   * @param patience how long everything may take
   */
  public NewestRecords(String topic, Map<String, Object> kafka, Duration patience) {
    this.reader = new CommittedReader(kafka);
    this.topic = topic;
    this.patience = patience;
  }

  /** Takes records, in the order of each partition. */
  public interface Taker {
    void take(int partition, long offset, byte @Nullable [] value);
  }

  /**
   * Hands on the last records of every partition, {@code each} offsets of one at most.
   *
   * @return whether the ends were reached in time
   */
  public boolean read(int each, Taker taker) {
    List<TopicPartition> partitions = reader.partitions(topic, patience);
    Map<TopicPartition, Long> ends = reader.consumer().endOffsets(partitions, patience);
    Map<TopicPartition, Long> begins = reader.consumer().beginningOffsets(partitions, patience);
    reader.consumer().assign(partitions);
    for (TopicPartition it : partitions) {
      long first = begins.getOrDefault(it, 0L);
      reader.consumer().seek(it, Math.max(first, ends.getOrDefault(it, first) - each));
    }
    return reader.readTo(
        ends, record -> taker.take(record.partition(), record.offset(), record.value()), patience);
  }

  @Override
  public void close() {
    reader.close();
  }
}
