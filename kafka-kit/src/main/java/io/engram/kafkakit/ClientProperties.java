package io.engram.kafkakit;

import io.engram.servicekit.secret.Secret;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;

/** Properties that all of Kafka's clients have in common. */
public final class ClientProperties {

  private static final Set<String> PASSWORDS =
      ProducerConfig.configDef().configKeys().values().stream()
          .filter(key -> key.type == ConfigDef.Type.PASSWORD)
          .map(key -> key.name)
          .collect(Collectors.toUnmodifiableSet());

  private ClientProperties() {}

  /**
   * Properties for every client of one cluster.
   *
   * @param bootstrap where its brokers are asked for, host:port, comma-separated
   * @param user what the user says besides; a {@code bootstrap.servers} among it gives way
   */
  public static Map<String, Object> at(String bootstrap, Map<String, Object> user) {
    Map<String, Object> properties =
        with(user, Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
    properties.replaceAll(ClientProperties::forKafka);
    return properties;
  }

  /** Kafka has a type of its own for what must not be shown, but takes it only where it knows that of a property. */
  private static Object forKafka(String key, Object value) {
    if (!(value instanceof Secret secret)) {
      return value;
    }
    return PASSWORDS.stream().anyMatch(name -> key.equals(name) || key.endsWith("." + name))
        ? new Password(secret.reveal())
        : secret.reveal();
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
