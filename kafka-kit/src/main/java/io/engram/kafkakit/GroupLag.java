package io.engram.kafkakit;

import io.engram.servicekit.metrics.LagClock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far a consumer group is behind its topics: what is committed against the end that a read_committed reader sees. Safe for use by many
 * threads.
 */
public final class GroupLag implements AutoCloseable {

  private final Admin admin;
  private final String group;
  private final Map<TopicPartition, OffsetSpec> earliest;
  private final Map<TopicPartition, OffsetSpec> latest;
  private final Duration patience;
  private final LagClock clock = new LagClock();

  /**
   * Opens an admin client.
   *
   * @param topics what the group reads
   * @param partitions how many each topic has
   * @param patience how long one answer may take
   */
  public GroupLag(
      Map<String, Object> kafka,
      String group,
      Collection<String> topics,
      int partitions,
      Duration patience) {
    this.admin = Admin.create(kafka);
    this.group = group;
    this.earliest = each(topics, partitions, OffsetSpec.earliest());
    this.latest = each(topics, partitions, OffsetSpec.latest());
    this.patience = patience;
  }

  /**
   * Records not committed yet, over all partitions of the topics, whoever in the group has them.
   *
   * @throws KafkaException if Kafka does not answer
   */
  public long records() {
    // The end first: what is committed can only grow meanwhile, so a lag of 0 means that all up to
    // that end was done.
    Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(latest);
    Map<TopicPartition, OffsetAndMetadata> committed =
        KafkaAnswers.await(
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(), patience);
    Map<TopicPartition, ListOffsetsResultInfo> starts = offsets(earliest);
    long done = 0;
    long lag = 0;
    for (TopicPartition partition : latest.keySet()) {
      long from = Math.max(position(committed.get(partition)), offset(starts, partition));
      done += from;
      lag += Math.max(0, offset(ends, partition) - from);
    }
    clock.look(System.nanoTime(), done, done + lag);
    return lag;
  }

  /** How long the oldest record that is not committed yet has waited, by what was asked so far; 0 if none waits. */
  public double seconds() {
    return clock.seconds(System.nanoTime());
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Map<TopicPartition, OffsetSpec> specs) {
    ListOffsetsOptions committedOnly = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    return KafkaAnswers.await(admin.listOffsets(specs, committedOnly).all(), patience);
  }

  private static long offset(
      Map<TopicPartition, ListOffsetsResultInfo> infos, TopicPartition partition) {
    ListOffsetsResultInfo info = infos.get(partition);
    if (info == null) {
      throw new KafkaException("Kafka gave no offset of " + partition);
    }
    return info.offset();
  }

  private static long position(@Nullable OffsetAndMetadata committed) {
    return committed == null ? 0 : committed.offset();
  }

  private static Map<TopicPartition, OffsetSpec> each(
      Collection<String> topics, int partitions, OffsetSpec spec) {
    return topics.stream()
        .flatMap(
            topic ->
                IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(topic, partition)))
        .collect(Collectors.toUnmodifiableMap(Function.identity(), partition -> spec));
  }

  @Override
  public void close() {
    admin.close(patience);
  }
}
