package io.engram.predict.kafka;

import io.engram.ingest.domain.IngestException;
import io.engram.ingest.kafka.IngestTopics;
import io.engram.ingest.kafka.StreamsRun;
import io.engram.kafkakit.NeededTopic;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.apache.kafka.common.KafkaException;

/** What topics the role needs; creates them where they are absent, and learns what those that exist can take. */
public final class PredictTopics {

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
   * The topics of labels and of answers.
   *
   * @param partitions of {@code examples}
   * @param exampleBytes what {@code examples} takes
   */
  public static List<NeededTopic> needed(
      Topics topics, int partitions, short replication, int exampleBytes) {
    return List.of(
        NeededTopic.fixed(new Topic(topics.labels(), partitions, replication, Map.of())),
        NeededTopic.free(
            new Topic(topics.predictions(), partitions, replication, appended(exampleBytes))));
  }

  /**
   * The changelog of what the role remembers, which Kafka Streams makes where it is absent.
   *
   * @param partitions of {@code examples}
   * @param exampleBytes what {@code examples} takes
   */
  public static NeededTopic changelog(
      Topics topics, int partitions, short replication, int exampleBytes) {
    return NeededTopic.changelog(
        PredictStreams.changelog(topics), partitions, replication, appended(exampleBytes));
  }

  /**
   * When this returns the topics exist.
   *
   * @throws IngestException if Kafka does not answer or refuses, or topics do not fit each other
   */
  static Limits prepare(
      StreamsRun run, Topics topics, SortedSet<String> others, Map<String, Object> kafka) {
    try (TopicAdmin admin = TopicAdmin.open(kafka, run.startTimeout())) {
      short replication = run.topics().replication();
      admin.ensure(List.of(IngestTopics.examples(topics, run.topics()).topic()));
      int partitions = admin.partitions(topics.examples());
      int exampleBytes = admin.maxMessageBytes(topics.examples());
      for (String other : others) {
        requireSame(admin, other, topics.examples(), partitions);
        exampleBytes = Math.max(exampleBytes, admin.maxMessageBytes(other));
      }
      admin.ensure(NeededTopic.topics(needed(topics, partitions, replication, exampleBytes)));
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
