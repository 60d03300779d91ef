package io.engram.learner.kafka;

import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.ForgottenKeys;
import io.engram.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the topic {@code forgotten} means to a learner.
 *
 * @param generation how often the log of tasks was written anew
 * @param known where it ended then, by partition: what lies before was known to the models of before
 */
public record Forgotten(long generation, Map<Integer, Long> known) {

  public Forgotten {
    known = Map.copyOf(known);
  }

  /**
   * Reads it.
   *
   * @throws IllegalStateException if the log is being written anew, so that it may be anything
   */
  public static Forgotten read(
      KafkaTaskLog log, Topics topics, Map<String, Object> kafkaProperties) {
    if (!log.exists(topics.forgotten())) {
      return new Forgotten(0, Map.of());
    }
    try (CommittedReader reader = new CommittedReader(kafkaProperties)) {
      List<ForgottenKeys.Entry> entries = new ArrayList<>();
      reader.readAll(
          topics.forgotten(),
          record -> entries.add(new ForgottenKeys.Entry(record.key(), record.value())));
      return of(ForgottenKeys.decoded(entries));
    }
  }

  private static Forgotten of(ForgottenKeys keys) {
    keys.unfinished()
        .ifPresent(
            why -> {
              throw new IllegalStateException(why);
            });
    Map<Integer, Long> known = new TreeMap<>();
    keys.newestWriting()
        .ifPresent(
            one ->
                one.getTaskEnds().forEach(end -> known.put(end.getPartition(), end.getOffset())));
    return new Forgotten(keys.generation(), known);
  }
}
