package io.engram.modelregistry.kafka;

import io.engram.kafkakit.NeededTopic;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;

/** Creates the topics that the registry owns, and checks those that are there. */
public final class RegistryTopics {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int SEGMENT_BYTES = 32 * 1024 * 1024;

  /**
   * A compaction never touches the segment that is written to, so small segments bound what a late subscriber has to read: the
   * champion, and at most about one segment of versions that were replaced.
   */
  private static final Map<String, String> UPDATES =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_COMPACT,
          TopicConfig.SEGMENT_BYTES_CONFIG,
          Integer.toString(SEGMENT_BYTES),
          TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
          "0.1");

  private RegistryTopics() {}

  /**
   * When this returns, {@code model-updates} and {@code registry-events} exist with one partition each: the order of events
   * is the registry's truth, and the order of a version's chunks is what ends it.
   *
   * @param replicationFactor −1 for the broker's default
   * @throws KafkaException if one can be neither found nor created, or has more partitions
   */
  public static void ensure(Topics topics, Map<String, Object> kafka, short replicationFactor) {
    List<Topic> needed = NeededTopic.topics(needed(topics, replicationFactor));
    try (TopicAdmin admin = TopicAdmin.open(kafka, PATIENCE)) {
      // A topic made a moment ago has one partition, and a broker may not know it well enough yet
      // to be asked.
      for (String topic : admin.ensure(needed)) {
        requireOnePartition(topic, admin.partitions(topic));
      }
    }
  }

  /**
   * The topics of versions and of events.
   *
   * @param replicationFactor −1 for the broker's default
   */
  public static List<NeededTopic> needed(Topics topics, short replicationFactor) {
    return List.of(
        NeededTopic.fixed(new Topic(topics.modelUpdates(), 1, replicationFactor, UPDATES)),
        NeededTopic.fixed(
            new Topic(topics.registryEvents(), 1, replicationFactor, Topic.KEEPS_ALL)));
  }

  private static void requireOnePartition(String topic, int found) {
    if (found != 1) {
      throw new KafkaException(
          "the topic %s has %d partitions, expected 1: delete it if it holds nothing of worth, or choose another topic prefix"
              .formatted(topic, found));
    }
  }
}
