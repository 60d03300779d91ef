package io.engram.modelregistry.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads everything that is committed in a topic now, from its beginning, in the order of each partition. */
final class TopicScan implements AutoCloseable {

  private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String topic;

  TopicScan(Map<String, Object> kafka, String topic) {
    this.consumer = consumer(kafka);
    this.topic = topic;
  }

  /** A consumer that sees only what is committed and is in no group. */
  static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> kafka) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The topic's partitions; none if it does not exist. */
  static List<TopicPartition> partitions(
      KafkaConsumer<?, ?> consumer, String topic, Duration timeout) {
    List<PartitionInfo> found = consumer.partitionsFor(topic, timeout);
    return found == null
        ? List.of()
        : found.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
  }

  void forEach(Consumer<ConsumerRecord<byte[], byte[]>> action) {
    List<TopicPartition> partitions = partitions(consumer, topic, METADATA_TIMEOUT);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!reached(partitions, ends)) {
      consumer.poll(POLL).forEach(action);
    }
  }

  private boolean reached(Collection<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
    return partitions.stream()
        .allMatch(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
