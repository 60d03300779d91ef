package io.engram.ingest;

import io.engram.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that ingest owns where they are absent, and learns what those that exist can take. */
final class IngestTopics {

  /** Room for headers, keys and the record format around a value. */
  static final int SLACK_BYTES = 64 << 10;

  /**
   * What the topics can take.
   *
   * @param partitions of {@code examples}
   * @param exampleBytes largest record of {@code examples}
   */
  record Limits(int partitions, int exampleBytes) {}

  private static final Logger LOG = LoggerFactory.getLogger(IngestTopics.class);

  private final Admin admin;
  private final Duration timeout;

  IngestTopics(Admin admin, Duration timeout) {
    this.admin = admin;
    this.timeout = timeout;
  }

  Limits prepare(IngestConfig config, Topics topics) {
    createIfAbsent(config, topics.examples(), Map.of());
    int partitions = partitions(topics.examples());
    int exampleBytes = maxMessageBytes(topics.examples());
    int taskBytes = config.grouping().maxTaskBytes();
    createIfAbsent(config, topics.rejectedExamples(), appended(exampleBytes + SLACK_BYTES));
    createIfAbsent(config, topics.tasks(), appended(taskBytes + SLACK_BYTES));
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

  /** Otherwise one large record would stop ingest again and again. */
  private void requireRoom(String topic, int needed, String why) {
    int found = maxMessageBytes(topic);
    if (found < needed) {
      throw new IngestException(
          "topic '%s' has max.message.bytes=%d, at least %d is needed: %s; raise it on the topic"
              .formatted(topic, found, needed, why));
    }
  }

  private void createIfAbsent(IngestConfig config, String topic, Map<String, String> settings) {
    if (await(admin.listTopics().names()).contains(topic)) {
      return;
    }
    NewTopic created =
        new NewTopic(
                topic,
                Optional.of(config.topics().partitions()),
                config.topics().replication() < 0
                    ? Optional.empty()
                    : Optional.of(config.topics().replication()))
            .configs(settings);
    try {
      await(admin.createTopics(Set.of(created)).all());
      LOG.info("created topic {} with {} partitions", topic, config.topics().partitions());
    } catch (IngestException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private int partitions(String topic) {
    Map<String, TopicDescription> found =
        KafkaAnswers.awaitKnown(
            () -> admin.describeTopics(List.of(topic)).allTopicNames(), timeout);
    return answered(found.get(topic), topic).partitions().size();
  }

  private int maxMessageBytes(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Map<ConfigResource, Config> found =
        KafkaAnswers.awaitKnown(() -> admin.describeConfigs(Set.of(resource)).all(), timeout);
    return Integer.parseInt(
        answered(found.get(resource), topic).get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
  }

  private static <T> T answered(@Nullable T answer, String topic) {
    if (answer == null) {
      throw new IngestException("Kafka answered nothing about topic '%s'".formatted(topic));
    }
    return answer;
  }

  /**
   * Settings of a topic whose records take the time of their appending. With the examples' own times a stream of old data
   * would lose its tasks to retention before anyone read them, and one of the future be refused by the broker.
   */
  static Map<String, String> appended(int maxMessageBytes) {
    return Map.of(
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        Integer.toString(maxMessageBytes),
        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
        TimestampType.LOG_APPEND_TIME.name);
  }

  private <T> T await(KafkaFuture<T> future) {
    return KafkaAnswers.await(future, timeout);
  }
}
