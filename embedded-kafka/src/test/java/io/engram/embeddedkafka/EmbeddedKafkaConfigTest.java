package io.engram.embeddedkafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EmbeddedKafkaConfigTest {

  private final EmbeddedKafkaConfig valid = EmbeddedKafkaConfig.in(Path.of("state"));

  @Test
  void theDefaultsPickFreePorts() {
    assertThat(valid.port()).isZero();
    assertThat(valid.controllerPort()).isZero();
    assertThat(valid.startTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(valid.directory()).isAbsolute();
  }

  @Test
  void anImpossiblePortIsRefused() {
    assertThatThrownBy(() -> valid.withPort(65_536))
        .hasMessageContaining("port")
        .hasMessageContaining("65536");
    assertThatThrownBy(() -> valid.withControllerPort(-1)).hasMessageContaining("controllerPort");
    assertThatThrownBy(() -> valid.withPort(9092).withControllerPort(9092))
        .hasMessageContaining("differ");
  }

  @Test
  void anUnknownBrokerPropertyIsRefused() {
    assertThatThrownBy(() -> valid.withProperty("log.retention.mss", "1"))
        .hasMessageContaining("log.retention.mss");
  }

  @Test
  void aDerivedBrokerPropertyIsRefused() {
    assertThatThrownBy(() -> valid.withProperty("listeners", "PLAINTEXT://0.0.0.0:9092"))
        .hasMessageContaining("listeners");
  }

  @Test
  void aTimeoutMustBePositive() {
    assertThatThrownBy(() -> valid.withStartTimeout(Duration.ZERO))
        .hasMessageContaining("startTimeout");
  }
}
