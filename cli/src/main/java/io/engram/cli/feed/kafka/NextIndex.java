package io.engram.cli.feed.kafka;

import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.kafka.EndOfSource;
import io.engram.schemas.kafka.SourceIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/**
 * Where a source goes on: behind the largest index of its own that stands on the topics; where none has a seal, as on topics of an earlier
 * release, behind the largest of all. The truth is what was committed there, so nothing
 * needs to be remembered elsewhere.
 */
final class NextIndex {

  private static final long FIRST_STEP = 64;

  private final CommittedReader reader;
  private final SourceSeal seal;
  private long saidToEnd = -1;

  /**
   * How far a source has come.
   *
   * @param next the first index that is on none of the topics
   * @param ended whether the source was said to end there
   */
  record Place(long next, boolean ended) {}

  /**
   * @param reader belongs to nobody else while this works
   */
  NextIndex(CommittedReader reader, SourceSeal seal) {
    this.reader = reader;
    this.seal = seal;
  }

  /** How far these topics say it has come. */
  Place of(List<String> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    topics.forEach(topic -> partitions.addAll(reader.partitions(topic)));
    Map<TopicPartition, Long> begins = reader.consumer().beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = reader.ends(partitions);
    long next = next(begins, ends, seal::read);
    if (next == 0) {
      next = next(begins, ends, SourceIndex::read);
    }
    return new Place(next, next == saidToEnd);
  }

  private long next(
      Map<TopicPartition, Long> begins,
      Map<TopicPartition, Long> ends,
      Function<Headers, OptionalLong> index) {
    long next = 0;
    for (TopicPartition partition : ends.keySet()) {
      OptionalLong largest =
          largest(
              partition,
              begins.getOrDefault(partition, 0L),
              ends.getOrDefault(partition, 0L),
              index);
      next = Math.max(next, largest.orElse(-1) + 1);
    }
    return next;
  }

  /** Looks at the last records first, and further back as long as none of them came from a source. */
  private OptionalLong largest(
      TopicPartition partition, long begin, long end, Function<Headers, OptionalLong> index) {
    reader.consumer().assign(List.of(partition));
    for (long step = FIRST_STEP; ; step *= 8) {
      long from = Math.max(begin, end - step);
      OptionalLong largest = largestBetween(partition, from, end, index);
      if (largest.isPresent() || from == begin) {
        return largest;
      }
    }
  }

  private OptionalLong largestBetween(
      TopicPartition partition, long from, long end, Function<Headers, OptionalLong> index) {
    reader.consumer().seek(partition, from);
    long[] largest = {-1};
    reader.readTo(
        Map.of(partition, end),
        record -> {
          index
              .apply(record.headers())
              .ifPresent(found -> largest[0] = Math.max(largest[0], found));
          EndOfSource.read(record.key(), record.value(), record.headers())
              .ifPresent(records -> saidToEnd = Math.max(saidToEnd, records));
        });
    return largest[0] < 0 ? OptionalLong.empty() : OptionalLong.of(largest[0]);
  }
}
