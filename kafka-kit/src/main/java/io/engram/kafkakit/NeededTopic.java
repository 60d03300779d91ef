package io.engram.kafkakit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic that a role needs: how it is created, and what one that is there must be.
 *
 * @param topic as it is created
 * @param fixed whether one that is there must have exactly as many partitions
 */
public record NeededTopic(Topic topic, boolean fixed) {

  /** Of these more is as good; −1 stands for no bound. */
  private static final Set<String> AT_LEAST =
      Set.of(
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
          TopicConfig.RETENTION_BYTES_CONFIG,
          TopicConfig.RETENTION_MS_CONFIG);

  /** With another value of these records are lost, or read wrongly. Others cost space or time alone. */
  private static final Set<String> MUST_BE =
      Set.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);

  /** One whose number of partitions is the user's choice. */
  public static NeededTopic free(Topic topic) {
    return new NeededTopic(topic, false);
  }

  /** One that must have this number of partitions. */
  public static NeededTopic fixed(Topic topic) {
    return new NeededTopic(topic, true);
  }

  /**
   * Something that is not as it must be.
   *
   * @param what the property
   * @param found its value
   * @param expected the value that is needed
   * @param remedy what to do
   */
  public record Difference(String what, String found, String expected, String remedy) {}

  /**
   * How one that is there differs from what is needed; empty if it serves.
   *
   * @param found its partitions and copies, and every configuration in force
   */
  public List<Difference> differences(Topic found) {
    List<Difference> differences = new ArrayList<>();
    if (fixed && found.partitions() != topic.partitions()) {
      differences.add(
          new Difference(
              "partitions",
              Integer.toString(found.partitions()),
              Integer.toString(topic.partitions()),
              found.partitions() < topic.partitions() && topic.partitions() > 1
                  ? "kafka-topics.sh --alter --topic %s --partitions %d"
                      .formatted(topic.name(), topic.partitions())
                  : "delete it if it holds nothing of worth, or choose another topic-prefix"));
    }
    if (topic.replication() > found.replication()) {
      differences.add(
          new Difference(
              "replication",
              Short.toString(found.replication()),
              Short.toString(topic.replication()),
              "kafka-reassign-partitions.sh"));
    }
    new TreeMap<>(topic.configs())
        .forEach(
            (key, expected) -> {
              String value = found.configs().getOrDefault(key, "");
              if (!serves(key, value, expected)) {
                differences.add(
                    new Difference(
                        key,
                        value,
                        (AT_LEAST.contains(key) ? "at least " : "") + shown(expected),
                        "kafka-configs.sh --alter --entity-type topics --entity-name %s --add-config %s=%s"
                            .formatted(topic.name(), key, expected)));
              }
            });
    return List.copyOf(differences);
  }

  private static String shown(String expected) {
    return expected.equals("-1") ? "-1 (no bound)" : expected;
  }

  private static boolean serves(String key, String found, String expected) {
    if (AT_LEAST.contains(key)) {
      return found.equals("-1")
          || (!expected.equals("-1")
              && !found.isEmpty()
              && Long.parseLong(found) >= Long.parseLong(expected));
    }
    return !MUST_BE.contains(key) || found.equals(expected);
  }

  /** The topics as they are created. */
  public static List<Topic> topics(List<NeededTopic> needed) {
    return needed.stream().map(NeededTopic::topic).toList();
  }

  /** The changelog of a store, as Kafka Streams keeps it: compacted, with a partition for each task. */
  public static NeededTopic changelog(
      String name, int partitions, short replication, Map<String, String> configs) {
    Map<String, String> compacted = new TreeMap<>(configs);
    compacted.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    return fixed(new Topic(name, partitions, replication, compacted));
  }
}
