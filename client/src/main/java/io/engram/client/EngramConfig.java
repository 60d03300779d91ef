package io.engram.client;

import io.engram.schemas.Topics;
import io.engram.schemas.signing.KeyDirectory;
import io.engram.schemas.signing.TrustedKeys;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How a program connects.
 *
 * @param topics the topic names
 * @param kafka properties for every Kafka client; {@code bootstrap.servers} at least
 * @param keptAdaptedModels how many adapted models a subscription keeps under task keys, at least 1; the least recently used go
 * @param trusted the registry's public keys: versions that none of them signed are refused; none: every version is taken
 */
public record EngramConfig(
    Topics topics, Map<String, Object> kafka, int keptAdaptedModels, TrustedKeys trusted) {

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

  /** Taking versions whoever signed them. */
  public EngramConfig(Topics topics, Map<String, Object> kafka, int keptAdaptedModels) {
    this(topics, kafka, keptAdaptedModels, TrustedKeys.NONE);
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
    return new EngramConfig(new Topics(prefix), kafka, keptAdaptedModels, trusted);
  }

  public EngramConfig withKeptAdaptedModels(int kept) {
    return new EngramConfig(topics, kafka, kept, trusted);
  }

  /**
   * Takes only versions that the registry signed.
   *
   * @param publicKeys its file of public keys, one a line, as {@code engram keys show} prints them
   */
  public EngramConfig withTrustedKeys(Path publicKeys) {
    return withTrustedKeys(KeyDirectory.trusted(publicKeys));
  }

  /** Takes only versions that one of these keys signed. */
  public EngramConfig withTrustedKeys(TrustedKeys keys) {
    return new EngramConfig(topics, kafka, keptAdaptedModels, keys);
  }

  /** Adds or replaces a Kafka client property. */
  public EngramConfig withKafka(String key, Object value) {
    Map<String, Object> more = new HashMap<>(kafka);
    more.put(key, value);
    return new EngramConfig(topics, more, keptAdaptedModels, trusted);
  }
}
