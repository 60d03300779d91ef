package io.engram.kafkakit;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;

/**
 * A topic that somebody needs.
 *
 * @param name of the topic
 * @param partitions at least 1
 * @param replication copies of each partition; −1 for the broker's default
 * @param configs topic configuration of Kafka, for example {@code cleanup.policy}
 */
public record Topic(String name, int partitions, short replication, Map<String, String> configs) {

  /** Configuration of a topic of which nothing ever goes: neither by age nor by size, nor is it compacted. */
  public static final Map<String, String> KEEPS_ALL =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_DELETE,
          TopicConfig.RETENTION_MS_CONFIG,
          "-1",
          TopicConfig.RETENTION_BYTES_CONFIG,
          "-1");

  public Topic {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a topic needs a name");
    }
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "topic " + name + " needs at least 1 partition, found " + partitions);
    }
    configs = Map.copyOf(configs);
  }

  /** With the broker's replication and configuration. */
  public static Topic of(String name, int partitions) {
    return new Topic(name, partitions, (short) -1, Map.of());
  }

  /**
   * Configuration of a topic whose records take the time of their appending. With the times of what they are made of, a stream of old data would
   * lose them to retention before anyone read them, and one of the future be refused by the broker.
   *
   * @param maxMessageBytes of a record
   */
  public static Map<String, String> appended(int maxMessageBytes) {
    return Map.of(
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        Integer.toString(maxMessageBytes),
        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
        TimestampType.LOG_APPEND_TIME.name);
  }

  NewTopic describe() {
    Optional<Short> copies = replication < 0 ? Optional.empty() : Optional.of(replication);
    return new NewTopic(name, Optional.of(partitions), copies).configs(configs);
  }
}
