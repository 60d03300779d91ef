package io.engram.kafkakit;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** Properties that all of Kafka's clients have in common. */
public final class ClientProperties {

  private ClientProperties() {}

  /**
   * Properties for every client of one cluster.
   *
   * @param bootstrap where its brokers are asked for, host:port, comma-separated
   * @param user what the user says besides; a {@code bootstrap.servers} among it gives way
   */
  public static Map<String, Object> at(String bootstrap, Map<String, Object> user) {
    return with(user, Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
  }

  /** The user's properties, but for those that something rests on. */
  public static Map<String, Object> with(Map<String, Object> user, Map<String, ?> required) {
    Map<String, Object> properties = new HashMap<>(user);
    properties.putAll(required);
    return properties;
  }

  /** What is good where the user says nothing. */
  static Map<String, Object> defaulting(Map<String, ?> defaults, Map<String, Object> user) {
    Map<String, Object> properties = new HashMap<>(defaults);
    properties.putAll(user);
    return properties;
  }
}
