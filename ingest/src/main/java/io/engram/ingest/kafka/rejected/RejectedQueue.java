package io.engram.ingest.kafka.rejected;

import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.Topics;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/** What stands on {@code examples.rejected}. For one thread. */
public final class RejectedQueue {

  private final Map<String, Object> kafka;
  private final String topic;
  private final ReplayPositions positions;

  /**
   * @param kafka properties of the clients; {@code bootstrap.servers} at least
   */
  public RejectedQueue(Map<String, Object> kafka, Topics topics) {
    this.kafka = Map.copyOf(kafka);
    this.topic = topics.rejectedExamples();
    this.positions = new ReplayPositions(kafka, topics);
  }

  /**
   * By reason, the commonest first.
   *
   * @param attempts a record that was tried as often does not wait any more
   */
  public List<Reason> reasons(int attempts) {
    Map<String, Reason> reasons = new LinkedHashMap<>();
    Map<String, Map<Integer, Long>> done = new LinkedHashMap<>();
    forEach(
        record -> {
          String category = record.rejected().category();
          boolean waits =
              Replay.comesFromATopic(record)
                  && record.attempts() < attempts
                  && record.record().offset()
                      >= done.computeIfAbsent(category, positions::of)
                          .getOrDefault(record.record().partition(), 0L);
          Reason before =
              reasons.getOrDefault(category, new Reason(category, 0, 0, record, record));
          reasons.put(category, before.plus(record, waits));
        });
    return reasons.values().stream()
        .sorted(Comparator.comparingLong(Reason::count).reversed())
        .toList();
  }

  /** One of them; empty if it is not, or no longer, there. */
  public Optional<RejectedRecord> at(RejectedRecord.Position position) {
    TopicPartition partition = new TopicPartition(topic, position.partition());
    try (CommittedReader reader = new CommittedReader(kafka)) {
      if (!reader.partitions(topic).contains(partition)) {
        return Optional.empty();
      }
      List<TopicPartition> one = List.of(partition);
      long end = reader.ends(one).getOrDefault(partition, 0L);
      if (position.offset() >= end) {
        return Optional.empty();
      }
      reader.consumer().assign(one);
      reader.consumer().seek(partition, position.offset());
      RejectedRecord[] found = new RejectedRecord[1];
      reader.readTo(
          Map.of(partition, position.offset() + 1),
          record -> {
            if (record.offset() == position.offset()) {
              found[0] = RejectedRecord.of(record);
            }
          });
      return Optional.ofNullable(found[0]);
    }
  }

  /** All of them, in the order of each partition. */
  void forEach(Consumer<RejectedRecord> action) {
    try (CommittedReader reader = new CommittedReader(kafka)) {
      reader.readAll(topic, record -> action.accept(RejectedRecord.of(record)));
    }
  }
}
