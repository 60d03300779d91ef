package io.engram.embeddedkafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where and how the embedded broker runs.
 *
 * @param directory holds the log and the metadata; created where absent, reused where formatted
 * @param port for clients, 1 to 65535, or 0 to pick a free one at every start
 * @param controllerPort for the broker's own controller, 1 to 65535, or 0 to pick a free one
 * @param startTimeout how long a start may take before it counts as failed; positive
 * @param properties broker properties of Kafka that replace or add to ours; not those that this
 *     module derives from the other components, see {@link BrokerProperties#DERIVED}
 */
public record EmbeddedKafkaConfig(
    Path directory,
    int port,
    int controllerPort,
    Duration startTimeout,
    Map<String, String> properties) {

  public EmbeddedKafkaConfig {
    directory = directory.toAbsolutePath().normalize();
    checkPort("port", port);
    checkPort("controllerPort", controllerPort);
    if (port != 0 && port == controllerPort) {
      throw new IllegalArgumentException(
          "port and controllerPort are both " + port + "; they must differ, or be 0 to be picked");
    }
    if (startTimeout.isNegative() || startTimeout.isZero()) {
      throw new IllegalArgumentException("startTimeout must be positive, found " + startTimeout);
    }
    properties = Map.copyOf(properties);
    BrokerProperties.check(properties.keySet());
  }

  /** Free ports, one minute to start, and our broker properties, in {@code directory}. */
  public static EmbeddedKafkaConfig in(Path directory) {
    return new EmbeddedKafkaConfig(directory, 0, 0, Duration.ofMinutes(1), Map.of());
  }

  public EmbeddedKafkaConfig withPort(int port) {
    return new EmbeddedKafkaConfig(directory, port, controllerPort, startTimeout, properties);
  }

  public EmbeddedKafkaConfig withControllerPort(int controllerPort) {
    return new EmbeddedKafkaConfig(directory, port, controllerPort, startTimeout, properties);
  }

  public EmbeddedKafkaConfig withStartTimeout(Duration startTimeout) {
    return new EmbeddedKafkaConfig(directory, port, controllerPort, startTimeout, properties);
  }

  /** Adds or replaces one broker property of Kafka. */
  public EmbeddedKafkaConfig withProperty(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(properties);
    more.put(key, value);
    return new EmbeddedKafkaConfig(directory, port, controllerPort, startTimeout, more);
  }

  private static void checkPort(String name, int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(
          name + " must be 1 to 65535, or 0 to pick a free one, found " + port);
    }
  }
}
