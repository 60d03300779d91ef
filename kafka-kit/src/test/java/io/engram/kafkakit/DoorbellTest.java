package io.engram.kafkakit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class DoorbellTest {

  @Test
  void saysWhichAddressIsDeadAndWhatToDo() throws IOException {
    int dead = freePort();
    assertThatThrownBy(() -> Doorbell.ring(at("127.0.0.1:" + dead)))
        .isInstanceOf(NoBrokerException.class)
        .hasMessageContaining("no Kafka broker answered within 0.5 s: 127.0.0.1:" + dead)
        .hasMessageContaining("refuses connections")
        .hasMessageContaining("expected one that speaks PLAINTEXT")
        .hasMessageContaining("--bootstrap");
  }

  @Test
  void tellsAPortThatIsSilentFromOneThatIsClosed() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Doorbell.ring(at("127.0.0.1:" + silent.getLocalPort())))
          .isInstanceOf(NoBrokerException.class)
          .hasMessageContaining("takes connections but does not answer")
          .hasMessageContaining("security.protocol")
          .hasMessageContaining("advertised.listeners");
    }
  }

  @Test
  void whatIsNoAddressIsKafkasToRefuse() {
    assertThatThrownBy(() -> Doorbell.ring(at("nowhere"))).isInstanceOf(KafkaException.class);
  }

  private static Map<String, Object> at(String bootstrap) {
    return ClientProperties.at(bootstrap, Map.of("default.api.timeout.ms", 500));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
