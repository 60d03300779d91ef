package io.engram.modelregistry.kafka;

import io.engram.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics that the registry owns, and checks those that are there. */
public final class RegistryTopics {

  private static final int SEGMENT_BYTES = 32 * 1024 * 1024;

  private RegistryTopics() {}

  /**
   * When this returns, {@code model-updates} and {@code registry-events} exist with one partition each: the order of events
   * is the registry's truth, and the order of a version's chunks is what ends it.
   *
   * @param replicationFactor −1 for the broker's default
   * @throws KafkaException if one can be neither found nor created, or has more partitions
   */
  public static void ensure(Topics topics, Map<String, Object> kafka, short replicationFactor) {
    List<NewTopic> owned =
        List.of(
            updates(topics, replicationFactor).configs(updatesConfig()),
            events(topics, replicationFactor)
                .configs(
                    Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        "-1",
                        TopicConfig.RETENTION_BYTES_CONFIG,
                        "-1")));
    try (Admin admin = Admin.create(kafka)) {
      List<String> existing = new ArrayList<>();
      admin
          .createTopics(owned)
          .values()
          .forEach(
              (topic, creation) -> {
                if (!created(topic, creation)) {
                  existing.add(topic);
                }
              });
      // A topic made a moment ago has one partition, and a broker may not know it well enough yet
      // to be asked.
      admin.describeTopics(existing).topicNameValues().forEach(RegistryTopics::requireOnePartition);
    }
  }

  /**
   * A compaction never touches the segment that is written to, so small segments bound what a late subscriber has to read: the
   * champion, and at most about one segment of versions that were replaced.
   */
  private static Map<String, String> updatesConfig() {
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_COMPACT,
        TopicConfig.SEGMENT_BYTES_CONFIG,
        Integer.toString(SEGMENT_BYTES),
        TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
        "0.1");
  }

  private static NewTopic updates(Topics topics, short replicationFactor) {
    return onePartition(topics.modelUpdates(), replicationFactor);
  }

  private static NewTopic events(Topics topics, short replicationFactor) {
    return onePartition(topics.registryEvents(), replicationFactor);
  }

  private static NewTopic onePartition(String name, short replicationFactor) {
    return new NewTopic(
        name,
        Optional.of(1),
        replicationFactor < 0 ? Optional.empty() : Optional.of(replicationFactor));
  }

  /** Whether the topic was made now; false if it was there. */
  private static boolean created(String topic, KafkaFuture<Void> creation) {
    try {
      creation.get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw new KafkaException("cannot create the topic " + topic + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw interrupted(topic, e);
    }
  }

  private static void requireOnePartition(String topic, KafkaFuture<TopicDescription> description) {
    try {
      int found = description.get().partitions().size();
      if (found != 1) {
        throw new KafkaException(
            "the topic %s has %d partitions, expected 1: delete it if it holds nothing of worth, or choose another topic prefix"
                .formatted(topic, found));
      }
    } catch (ExecutionException e) {
      throw new KafkaException("cannot describe the topic " + topic + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw interrupted(topic, e);
    }
  }

  private static KafkaException interrupted(String topic, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new KafkaException("interrupted while the topic " + topic + " was looked at", e);
  }
}
