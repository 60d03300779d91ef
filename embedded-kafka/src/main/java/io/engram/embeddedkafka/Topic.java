package io.engram.embeddedkafka;

import java.util.Map;

/**
 * A topic that somebody needs.
 *
 * @param name of the topic
 * @param partitions at least 1
 * @param configs topic configuration of Kafka, for example {@code cleanup.policy}
 */
public record Topic(String name, int partitions, Map<String, String> configs) {

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

  public static Topic of(String name, int partitions) {
    return new Topic(name, partitions, Map.of());
  }
}
