package io.engram.learner.kafka;

import io.engram.core.task.LogPosition;
import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.KafkaMeters;
import io.engram.learner.agent.TaskLog;
import io.engram.schemas.kafka.EndOfSource;
import io.engram.schemas.kafka.TraceHeaders;
import io.engram.servicekit.metrics.LagClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * {@link TaskLog} on the topic {@code tasks}: all partitions assigned by hand, because one learner owns a model and its own committed
 * position is the truth.
 */
public final class KafkaTaskLog implements TaskLog {

  private static final int MAX_POLL_RECORDS = 64;

  private final CommittedReader reader;
  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final LagClock clock = new LagClock();
  private List<TopicPartition> partitions = List.of();

  public KafkaTaskLog(Map<String, Object> kafkaProperties, String topic) {
    this.reader =
        new CommittedReader(
            kafkaProperties,
            Map.of(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                MAX_POLL_RECORDS,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "engram-learner-tasks"));
    this.consumer = reader.consumer();
    this.topic = topic;
  }

  @Override
  public boolean exists() {
    return exists(topic);
  }

  /** Whether the brokers have a topic of that name. Spares a start the admin client, which is slow to load. */
  public boolean exists(String anyTopic) {
    return !undisturbed(() -> reader.partitions(anyTopic)).isEmpty();
  }

  @Override
  public List<Gap> seek(Map<Integer, Long> nextOffsets) {
    partitions = partitions();
    consumer.assign(partitions);
    requireSameLog(nextOffsets, undisturbed(() -> reader.ends(partitions)));
    Map<TopicPartition, Long> beginnings = undisturbed(() -> consumer.beginningOffsets(partitions));
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

  private List<TopicPartition> partitions() {
    return undisturbed(() -> reader.partitions(topic));
  }

  private static void requireSameLog(
      Map<Integer, Long> nextOffsets, Map<TopicPartition, Long> ends) {
    ends.forEach(
        (partition, end) -> {
          long expected = nextOffsets.getOrDefault(partition.partition(), 0L);
          if (end < expected) {
            throw new IllegalStateException(
                ("topic '%s' ends at offset %d of partition %d, but the learner had come to %d: it is not the topic the learner "
                        + "knows. Connect to the right cluster, or bring the topic back; to go on with this one, move the learner's "
                        + "store away: θ is then taken from the champion")
                    .formatted(partition.topic(), end, partition.partition(), expected));
          }
        });
  }

  @Override
  public boolean merges() {
    return partitions.size() > 1;
  }

  @Override
  public Map<Integer, Long> ends() {
    List<TopicPartition> all = partitions();
    Map<Integer, Long> ends = new HashMap<>();
    undisturbed(() -> reader.ends(all))
        .forEach((partition, end) -> ends.put(partition.partition(), end));
    return ends;
  }

  @Override
  public boolean passed(Map<Integer, Long> offsets) {
    Map<TopicPartition, Long> ends = undisturbed(() -> reader.ends(partitions));
    return partitions.stream()
        .allMatch(
            partition ->
                undisturbed(() -> consumer.position(partition))
                    >= Math.min(
                        offsets.getOrDefault(partition.partition(), 0L),
                        ends.getOrDefault(partition, 0L)));
  }

  /** A wake-up is meant for {@link #poll}; a call that it hits instead is made again. */
  private static <T> T undisturbed(Supplier<T> call) {
    try {
      return call.get();
    } catch (WakeupException e) {
      return call.get();
    }
  }

  @Override
  public List<Entry> poll(Duration patience) {
    List<Entry> entries = new ArrayList<>();
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
        // A tombstone is no task; the empty value is refused by the decoder with its position.
        byte[] value = record.value() == null ? new byte[0] : record.value();
        entries.add(
            new Entry(
                new LogPosition(record.partition(), record.offset()),
                value,
                EndOfSource.read(record.key(), record.value(), record.headers()).isPresent(),
                TraceHeaders.read(record.headers()).orElse(null)));
      }
    } catch (WakeupException e) {
      return List.of();
    }
    return entries;
  }

  @Override
  public long lag() {
    long lag = 0;
    long done = 0;
    for (TopicPartition partition : partitions) {
      OptionalLong known = consumer.currentLag(partition);
      lag += known.orElse(0);
      done += known.isPresent() ? consumer.position(partition) : 0;
    }
    clock.look(System.nanoTime(), done, done + lag);
    return lag;
  }

  /** How long the oldest task that is not polled yet has waited, by what {@link #lag} found so far. Any thread may call it. */
  public double lagSeconds() {
    return clock.seconds(System.nanoTime());
  }

  /** What its consumer counts. */
  public KafkaMeters meters(MeterRegistry registry) {
    return KafkaMeters.of(consumer, registry);
  }

  @Override
  public void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    reader.close();
  }
}
