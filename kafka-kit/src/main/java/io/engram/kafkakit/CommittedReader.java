package io.engram.kafkakit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer that sees what is committed and nothing else, as bytes, from the beginning of what it was not told to seek in. It is in no
 * group, makes no topics and remembers no position. For one thread, as Kafka's consumers are.
 */
public final class CommittedReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;

  CommittedReader(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /**
   * Opens a consumer.
   *
   * @param kafka properties of the client; {@code bootstrap.servers} at least
   */
  public CommittedReader(Map<String, Object> kafka) {
    this(kafka, Map.of());
  }

  /**
   * Opens a consumer.
   *
   * @param kafka properties of the client; {@code bootstrap.servers} at least
   * @param defaults properties where {@code kafka} says nothing
   */
  public CommittedReader(Map<String, Object> kafka, Map<String, Object> defaults) {
    this(
        new KafkaConsumer<>(
            properties(kafka, defaults), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  private static Map<String, Object> properties(
      Map<String, Object> kafka, Map<String, Object> defaults) {
    Map<String, Object> properties = ClientProperties.defaulting(defaults, kafka);
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return properties;
  }

  /** The consumer, for what only it can do. */
  public Consumer<byte[], byte[]> consumer() {
    return consumer;
  }

  /** A topic's partitions, in their order; none if it does not exist. */
  public List<TopicPartition> partitions(String topic) {
    return partitions(topic, consumer.partitionsFor(topic));
  }

  /** As {@link #partitions(String)}, with other patience than {@code default.api.timeout.ms}. */
  public List<TopicPartition> partitions(String topic, Duration patience) {
    return partitions(topic, consumer.partitionsFor(topic, patience));
  }

  @SuppressWarnings("ConstantValue") // Kafka's old clients gave null, and so does its mock
  private static List<TopicPartition> partitions(String topic, List<PartitionInfo> found) {
    return found == null
        ? List.of()
        : found.stream()
            .map(PartitionInfo::partition)
            .sorted()
            .map(partition -> new TopicPartition(topic, partition))
            .toList();
  }

  /** Where each partition ends now, for a reader of what is committed. */
  public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return consumer.endOffsets(partitions);
  }

  /** Hands on everything that is committed in a topic now, in the order of each partition; nothing if it does not exist. */
  public void readAll(
      String topic, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
    List<TopicPartition> partitions = partitions(topic);
    if (partitions.isEmpty()) {
      return;
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    readTo(ends(partitions), action);
  }

  /** All values that are committed in a topic now, in the order of each partition; tombstones have none. */
  public List<byte[]> values(String topic) {
    List<byte[]> values = new ArrayList<>();
    readAll(
        topic,
        record -> {
          if (record.value() != null) {
            values.add(record.value());
          }
        });
    return values;
  }

  /**
   * Hands on what comes until the position has reached these ends.
   *
   * @param ends of partitions that are assigned, as {@link #ends} gave them
   */
  public void readTo(
      Map<TopicPartition, Long> ends,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action) {
    while (!ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
      consumer.poll(POLL).forEach(action);
    }
  }

  /**
   * As {@link #readTo(Map, java.util.function.Consumer)}, for so long and no longer.
   *
   * @return whether the ends were reached in time
   */
  public boolean readTo(
      Map<TopicPartition, Long> ends,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> action,
      Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    Map<TopicPartition, Long> left = new HashMap<>(ends);
    while (true) {
      left.entrySet().removeIf(end -> consumer.position(end.getKey(), patience) >= end.getValue());
      if (left.isEmpty()) {
        return true;
      }
      if (System.nanoTime() > deadline) {
        return false;
      }
      consumer.poll(POLL).forEach(action);
    }
  }

  /**
   * Goes without a word. There is no group to leave and no position to commit, and saying good-bye to a broker takes as long as the fetch
   * that is on its way waits there for more, half a second; the broker forgets who is silent.
   */
  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
