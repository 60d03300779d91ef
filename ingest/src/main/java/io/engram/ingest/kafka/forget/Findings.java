package io.engram.ingest.kafka.forget;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What all topics hold of a key, and what it takes to be rid of it.
 *
 * @param topics by topic, in the order in which they are written anew
 * @param tasksKept tasks of other keys: they are learned again
 * @param tasksBefore of those, the ones before the key's first task; a learner that could begin behind them would be spared them
 * @param tasksTook from the first task of the log to the last, as they were written
 * @param tasksCutOff whether retention has deleted the beginning of the log of tasks
 */
public record Findings(
    List<Found> topics, long tasksKept, long tasksBefore, Duration tasksTook, boolean tasksCutOff) {

  public Findings {
    topics = List.copyOf(topics);
  }

  /** Records of the key, in all topics. */
  public long records() {
    return topics.stream().mapToLong(Found::ofKey).sum();
  }

  /** Whether a learner may have learned from the key: it is found somewhere, or was so early that the log does not say. */
  public boolean mayBeLearned() {
    return records() > 0 || tasksCutOff;
  }

  /** What was found in one topic. */
  public Optional<Found> of(String topic) {
    return topics.stream().filter(found -> found.topic().equals(topic)).findFirst();
  }
}
