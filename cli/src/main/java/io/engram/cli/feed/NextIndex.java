package io.engram.cli.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a source goes on: behind the largest index that stands on the topics. The truth is what was committed there, so nothing
 * needs to be remembered elsewhere.
 */
final class NextIndex {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final long FIRST_STEP = 64;

  private final Consumer<byte[], byte[]> consumer;

  /**
   * @param consumer reads committed records only; belongs to nobody else while this works
   */
  NextIndex(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** The first index that is on none of these topics. */
  long of(List<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      consumer
          .partitionsFor(topic)
          .forEach(it -> partitions.add(new TopicPartition(it.topic(), it.partition())));
    }
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long next = 0;
    for (TopicPartition partition : partitions) {
      OptionalLong largest =
          largest(partition, begins.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L));
      next = Math.max(next, largest.orElse(-1) + 1);
    }
    return next;
  }

  /** Looks at the last records first, and further back as long as none of them came from a source. */
  private OptionalLong largest(TopicPartition partition, long begin, long end) {
    consumer.assign(List.of(partition));
    for (long step = FIRST_STEP; ; step *= 8) {
      long from = Math.max(begin, end - step);
      OptionalLong largest = largestBetween(partition, from, end);
      if (largest.isPresent() || from == begin) {
        return largest;
      }
    }
  }

  private OptionalLong largestBetween(TopicPartition partition, long from, long end) {
    consumer.seek(partition, from);
    OptionalLong largest = OptionalLong.empty();
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        OptionalLong index = SourceHeaders.read(record.headers());
        if (index.isPresent() && index.getAsLong() > largest.orElse(-1)) {
          largest = index;
        }
      }
    }
    return largest;
  }
}
