package io.engram.embeddedkafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The two ports of a node, checked before Kafka sees them: on a busy port Kafka hangs or halts the
 * whole process.
 */
record NodePorts(int broker, int controller) {

  // Below the range from which systems number outgoing connections, so that no client of any
  // program takes the port between our check and Kafka's bind.
  private static final int FIRST_FREE = 20_000;
  private static final int LAST_FREE = 32_000;
  private static final int ATTEMPTS = 100;

  /** The ports asked for, with 0 replaced by a free one. */
  static NodePorts choose(int broker, int controller) {
    try (ServerSocket first = bind("port", broker);
        ServerSocket second = bind("controllerPort", controller)) {
      return new NodePorts(first.getLocalPort(), second.getLocalPort());
    } catch (IOException e) {
      throw new EmbeddedKafkaException.PortInUse("port", broker, e);
    }
  }

  private static ServerSocket bind(String component, int port) {
    if (port != 0) {
      return bindExactly(component, port);
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return bindExactly(component, ThreadLocalRandom.current().nextInt(FIRST_FREE, LAST_FREE));
      } catch (EmbeddedKafkaException.PortInUse busy) {
        if (attempt == ATTEMPTS) {
          throw busy;
        }
      }
    }
  }

  private static ServerSocket bindExactly(String component, int port) {
    try {
      return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new EmbeddedKafkaException.PortInUse(component, port, e);
    }
  }
}
