package io.engram.cli.feed.kafka;

import io.engram.kafkakit.CommittedReader;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Counts the committed records of a topic by reading them; offsets would count transaction markers too. Owned by one thread. */
public final class RecordCount implements AutoCloseable {

  private final CommittedReader reader;
  private final String topic;
  private List<TopicPartition> partitions = List.of();
  private long count;

  public RecordCount(String topic, Map<String, Object> kafkaProperties) {
    this.topic = topic;
    this.reader = new CommittedReader(kafkaProperties);
  }

  /** How many there are now. */
  public long count() {
    if (partitions.isEmpty()) {
      partitions = reader.partitions(topic);
      reader.consumer().assign(partitions);
      reader.consumer().seekToBeginning(partitions);
    }
    reader.readTo(reader.ends(partitions), record -> count++);
    return count;
  }

  @Override
  public void close() {
    reader.close();
  }
}
