package io.engram.ingest.kafka;

import io.engram.ingest.domain.GroupingRules;
import io.engram.ingest.domain.IngestException;
import io.engram.kafkakit.NeededTopic;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.schemas.Topics;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.apache.kafka.common.KafkaException;

/** What topics ingest needs; creates those it owns where they are absent, and learns what those that exist can take. */
public final class IngestTopics {

  /** Room for headers, keys and the record format around a value. */
  static final int SLACK_BYTES = 64 << 10;

  /**
   * What the topics can take.
   *
   * @param partitions of {@code examples}
   * @param exampleBytes largest record of {@code examples}
   */
  record Limits(int partitions, int exampleBytes) {}

  private final TopicAdmin admin;
  private final TopicLayout layout;

  private IngestTopics(TopicAdmin admin, TopicLayout layout) {
    this.admin = admin;
    this.layout = layout;
  }

  /** The topic that examples come from. */
  public static NeededTopic examples(Topics topics, TopicLayout layout) {
    return NeededTopic.free(
        new Topic(topics.examples(), layout.partitions(), layout.replication(), Map.of()));
  }

  /**
   * The topics that are written to.
   *
   * @param exampleBytes what {@code examples} takes
   * @param taskBytes the largest task
   */
  public static List<NeededTopic> written(
      Topics topics, TopicLayout layout, int exampleBytes, int taskBytes) {
    return List.of(
        appended(topics.rejectedExamples(), layout, exampleBytes + SLACK_BYTES),
        appended(topics.tasks(), layout, taskBytes + SLACK_BYTES));
  }

  private static NeededTopic appended(String topic, TopicLayout layout, int bytes) {
    return NeededTopic.free(
        new Topic(topic, layout.partitions(), layout.replication(), Topic.appended(bytes)));
  }

  /**
   * The changelogs of the stores, which Kafka Streams makes where they are absent.
   *
   * @param partitions of {@code examples}
   * @param exampleBytes what {@code examples} takes
   */
  public static List<NeededTopic> changelogs(
      Topics topics, GroupingRules rules, int partitions, short replication, int exampleBytes) {
    Map<String, String> configs = Topic.appended(exampleBytes + SLACK_BYTES);
    return new Changelogs(topics)
        .all(rules).stream()
            .map(name -> NeededTopic.changelog(name, partitions, replication, configs))
            .toList();
  }

  /**
   * When this returns the topics exist.
   *
   * @param taskBytes the largest task
   * @param others topics of examples that somebody else keeps
   * @throws IngestException if Kafka does not answer or refuses, or a topic is too small
   */
  static Limits prepare(
      StreamsRun run,
      int taskBytes,
      Topics topics,
      SortedSet<String> others,
      Map<String, Object> kafka) {
    try (TopicAdmin admin = open(run, kafka)) {
      return new IngestTopics(admin, run.topics()).prepare(topics, others, taskBytes);
    } catch (KafkaException e) {
      throw new IngestException(
          String.valueOf(e.getMessage()), e.getCause() == null ? e : e.getCause());
    }
  }

  private static TopicAdmin open(StreamsRun run, Map<String, Object> kafka) {
    try {
      return TopicAdmin.open(kafka, run.startTimeout());
    } catch (KafkaException e) {
      throw new IngestException(
          "Kafka's client cannot be made: " + RunningStreams.root(e).getMessage(), e);
    }
  }

  private Limits prepare(Topics topics, SortedSet<String> others, int taskBytes) {
    admin.ensure(List.of(examples(topics, layout).topic()));
    int partitions = admin.partitions(topics.examples());
    int exampleBytes = admin.maxMessageBytes(topics.examples());
    for (String other : others) {
      requireSource(topics, other, partitions);
      exampleBytes = Math.max(exampleBytes, admin.maxMessageBytes(other));
    }
    admin.ensure(NeededTopic.topics(written(topics, layout, exampleBytes, taskBytes)));
    requireRoom(
        topics.rejectedExamples(),
        exampleBytes + SLACK_BYTES,
        "what topic '%s' takes (%d) and %d for the reason"
            .formatted(topics.examples(), exampleBytes, SLACK_BYTES));
    requireRoom(
        topics.tasks(),
        taskBytes + SLACK_BYTES,
        "ingest.grouping.max-task-bytes (%d) and %d for names".formatted(taskBytes, SLACK_BYTES));
    return new Limits(partitions, exampleBytes);
  }

  /** A key makes its tasks of all topics only where they put it into the same partition. */
  private void requireSource(Topics topics, String other, int partitions) {
    if (topics.all().contains(other)) {
      throw new IngestException(
          "ingest.examples.topics names '%s', which is a topic of Engram's own".formatted(other));
    }
    int found;
    try {
      found = admin.partitions(other);
    } catch (KafkaException e) {
      throw new IngestException(
          "topic '%s' (ingest.examples.topics) cannot be found: %s; make it with the %d partitions that '%s' has"
              .formatted(other, e.getMessage(), partitions, topics.examples()),
          e);
    }
    if (found != partitions) {
      throw new IngestException(
          "topic '%s' (ingest.examples.topics) has %d partitions, '%s' has %d; all topics of examples need the same number, or a key would make tasks of its own in each"
              .formatted(other, found, topics.examples(), partitions));
    }
  }

  /** Otherwise one large record would stop ingest again and again. */
  private void requireRoom(String topic, int needed, String why) {
    int found = admin.maxMessageBytes(topic);
    if (found < needed) {
      throw new IngestException(
          "topic '%s' has max.message.bytes=%d, at least %d is needed: %s; raise it on the topic"
              .formatted(topic, found, needed, why));
    }
  }
}
