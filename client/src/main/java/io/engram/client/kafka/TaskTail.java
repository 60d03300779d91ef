package io.engram.client.kafka;

import io.engram.kafkakit.CommittedReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Follows the end of a topic: what came since the last time, as far back as wanted and no further. For one thread. */
public final class TaskTail implements AutoCloseable {

  private final String topic;
  private final CommittedReader reader;
  private final long back;

  /**
   * Opens a consumer.
   *
   * @param back how many offsets behind the end of a partition it looks at most
   */
  public TaskTail(String topic, Map<String, Object> kafka, long back) {
    this.topic = topic;
    this.reader = new CommittedReader(kafka);
    this.back = back;
  }

  /**
   * Hands on what came, in the order of each partition.
   *
   * @param patience how long it may take; what comes no more comes the next time
   * @throws KafkaException if the topic cannot be read
   */
  public void advance(Duration patience, NewestRecords.Taker taker) {
    List<TopicPartition> partitions = reader.partitions(topic, patience);
    if (partitions.isEmpty()) {
      return;
    }
    Map<TopicPartition, Long> ends = reader.consumer().endOffsets(partitions, patience);
    assign(partitions);
    for (TopicPartition it : partitions) {
      long wanted = ends.getOrDefault(it, 0L) - back;
      if (wanted > reader.consumer().position(it, patience)) {
        reader.consumer().seek(it, wanted);
      }
    }
    Map<TopicPartition, Long> left = new HashMap<>(ends);
    reader.readTo(
        left, record -> taker.take(record.partition(), record.offset(), record.value()), patience);
  }

  private void assign(List<TopicPartition> partitions) {
    Set<TopicPartition> wanted = new HashSet<>(partitions);
    if (!reader.consumer().assignment().equals(wanted)) {
      reader.consumer().assign(wanted);
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
