package io.engram.client;

import io.engram.schemas.Topics;
import java.util.HashMap;
import java.util.Map;

/**
 * How a program connects.
 *
 * @param topics the topic names
 * @param kafka properties for every Kafka client; {@code bootstrap.servers} at least
 * @param keptAdaptedModels how many adapted models a subscription keeps under task keys, at least 1; the least recently used go
 */
public record EngramConfig(Topics topics, Map<String, Object> kafka, int keptAdaptedModels) {

  private static final int DEFAULT_KEPT = 256;

  public EngramConfig {
    kafka = Map.copyOf(kafka);
    if (!kafka.containsKey("bootstrap.servers")) {
      throw new IllegalArgumentException(
          "the Kafka property bootstrap.servers is missing; found " + kafka.keySet());
    }
    if (keptAdaptedModels < 1) {
      throw new IllegalArgumentException(
          "keptAdaptedModels must be at least 1, found " + keptAdaptedModels);
    }
  }

  /** The defaults: topics without a prefix, 256 adapted models kept. */
  public static EngramConfig of(String bootstrapServers) {
    return new EngramConfig(
        new Topics(""), Map.of("bootstrap.servers", bootstrapServers), DEFAULT_KEPT);
  }

  /** Of the properties only their names: some are passwords. */
  @Override
  public String toString() {
    return "EngramConfig[topics=%s, kafka=%s, keptAdaptedModels=%d]"
        .formatted(topics, kafka.keySet().stream().sorted().toList(), keptAdaptedModels);
  }

  public EngramConfig withTopicPrefix(String prefix) {
    return new EngramConfig(new Topics(prefix), kafka, keptAdaptedModels);
  }

  public EngramConfig withKeptAdaptedModels(int kept) {
    return new EngramConfig(topics, kafka, kept);
  }

  /** Adds or replaces a Kafka client property. */
  public EngramConfig withKafka(String key, Object value) {
    Map<String, Object> more = new HashMap<>(kafka);
    more.put(key, value);
    return new EngramConfig(topics, more, keptAdaptedModels);
  }
}
