package io.engram.predict.kafka;

import io.engram.ingest.domain.IngestException;
import io.engram.ingest.kafka.StreamsRun;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.apache.kafka.common.KafkaException;

/** Creates the topics that the role needs where they are absent, and learns what those that exist can take. */
final class PredictTopics {

  /** Room for an answer, headers and names around an example. */
  static final int SLACK_BYTES = 64 << 10;

  /**
   * What the topics can take.
   *
   * @param partitions of {@code examples}
   * @param exampleBytes largest record of examples
   */
  record Limits(int partitions, int exampleBytes) {}

  private PredictTopics() {}

  /**
   * When this returns the topics exist.
   *
   * @throws IngestException if Kafka does not answer or refuses, or topics do not fit each other
   */
  static Limits prepare(
      StreamsRun run, Topics topics, SortedSet<String> others, Map<String, Object> kafka) {
    try (TopicAdmin admin = TopicAdmin.open(kafka, run.startTimeout())) {
      short replication = run.topics().replication();
      admin.ensure(
          List.of(new Topic(topics.examples(), run.topics().partitions(), replication, Map.of())));
      int partitions = admin.partitions(topics.examples());
      int exampleBytes = admin.maxMessageBytes(topics.examples());
      for (String other : others) {
        requireSame(admin, other, topics.examples(), partitions);
        exampleBytes = Math.max(exampleBytes, admin.maxMessageBytes(other));
      }
      admin.ensure(
          List.of(
              new Topic(topics.labels(), partitions, replication, Map.of()),
              new Topic(topics.predictions(), partitions, replication, appended(exampleBytes))));
      requireSame(admin, topics.labels(), topics.examples(), partitions);
      return new Limits(partitions, exampleBytes);
    } catch (KafkaException e) {
      throw new IngestException(
          String.valueOf(e.getMessage()), e.getCause() == null ? e : e.getCause());
    }
  }

  /** Settings of a topic whose records take the time of their appending, as old questions are answered now. */
  static Map<String, String> appended(int exampleBytes) {
    return Topic.appended(exampleBytes + SLACK_BYTES);
  }

  /** A question meets its rows and its label only where all three stand in partitions of one number. */
  private static void requireSame(TopicAdmin admin, String topic, String examples, int partitions) {
    int found = admin.partitions(topic);
    if (found != partitions) {
      throw new IngestException(
          "topic '%s' has %d partitions, '%s' has %d; both need the same number, or questions and labels would not meet: make '%s' with %d"
              .formatted(topic, found, examples, partitions, topic, partitions));
    }
  }
}
