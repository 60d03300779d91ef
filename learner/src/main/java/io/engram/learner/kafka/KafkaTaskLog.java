package io.engram.learner.kafka;

import io.engram.core.task.LogPosition;
import io.engram.learner.agent.TaskLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * {@link TaskLog} on the topic {@code tasks}: all partitions assigned by hand, because one learner owns a model and its own committed
 * position is the truth.
 */
public final class KafkaTaskLog implements TaskLog {

  private static final int MAX_POLL_RECORDS = 64;

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private List<TopicPartition> partitions = List.of();

  public KafkaTaskLog(Map<String, Object> kafkaProperties, String topic) {
    Map<String, Object> properties = new HashMap<>(kafkaProperties);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
    properties.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, "engram-learner-tasks");
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.topic = topic;
  }

  @Override
  public boolean exists() {
    return !consumer.partitionsFor(topic).isEmpty();
  }

  @Override
  public List<Gap> seek(Map<Integer, Long> nextOffsets) {
    partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .sorted((a, b) -> Integer.compare(a.partition(), b.partition()))
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
    List<Gap> gaps = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      long beginning = beginnings.getOrDefault(partition, 0L);
      long expected = nextOffsets.getOrDefault(partition.partition(), 0L);
      if (beginning > expected) {
        gaps.add(new Gap(partition.partition(), expected, beginning));
      }
      consumer.seek(partition, Math.max(beginning, expected));
    }
    return gaps;
  }

  @Override
  public List<Entry> poll(Duration patience) {
    List<Entry> entries = new ArrayList<>();
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
        // A tombstone is no task; the empty value is refused by the decoder with its position.
        byte[] value = record.value() == null ? new byte[0] : record.value();
        entries.add(new Entry(new LogPosition(record.partition(), record.offset()), value));
      }
    } catch (WakeupException e) {
      return List.of();
    }
    return entries;
  }

  @Override
  public long lag() {
    long lag = 0;
    for (TopicPartition partition : partitions) {
      OptionalLong known = consumer.currentLag(partition);
      lag += known.orElse(0);
    }
    return lag;
  }

  @Override
  public void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
