package io.engram.cli.feed;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Counts the committed records of a topic by reading them; offsets would count transaction markers too. Owned by one thread. */
public final class RecordCount implements AutoCloseable {

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String topic;
  private long count;

  public RecordCount(String topic, Map<String, Object> kafkaProperties) {
    this.topic = topic;
    this.consumer =
        new KafkaConsumer<>(
            FeedProperties.consumer(kafkaProperties),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** How many there are now. */
  public long count() {
    if (consumer.assignment().isEmpty()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(it -> new TopicPartition(it.topic(), it.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      count += consumer.poll(Duration.ofMillis(100)).count();
    }
    return count;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
