package io.engram.embeddedkafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.embeddedkafka.testing.BrokerProcess;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {

  @TempDir Path directory;

  @Test
  void dataSurvivesARestartOnOtherPorts() {
    try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory))) {
      TopicAdmin.ensure(broker.bootstrapServers(), List.of(Topic.of("kept", 2)));
      Messages.send(broker.bootstrapServers(), "kept", List.of("a", "b", "c"));
    }
    try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory))) {
      TopicAdmin.ensure(broker.bootstrapServers(), List.of(Topic.of("kept", 2)));
      assertThat(Messages.readAll(broker.bootstrapServers(), "kept", 3))
          .containsExactlyInAnyOrder("a", "b", "c");
    }
  }

  @Test
  void everythingAcknowledgedSurvivesKill9() {
    List<String> sent = List.of("1", "2", "3", "4", "5");
    int port;
    try (BrokerProcess broker = BrokerProcess.start(directory, 0)) {
      port = broker.port();
      TopicAdmin.ensure(broker.bootstrapServers(), List.of(Topic.of("kept", 1)));
      Messages.send(broker.bootstrapServers(), "kept", sent);
      broker.kill();
    }
    try (BrokerProcess broker = BrokerProcess.start(directory, port)) {
      assertThat(Messages.readAll(broker.bootstrapServers(), "kept", 5))
          .containsExactlyElementsOf(sent);
    }
  }

  @Test
  void aBusyPortIsNamedTogetherWithTheSettingToChange() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int busy = other.getLocalPort();
      EmbeddedKafkaConfig config = EmbeddedKafkaConfig.in(directory);

      assertThatThrownBy(() -> EmbeddedKafka.start(config.withPort(busy)))
          .isInstanceOf(EmbeddedKafkaException.PortInUse.class)
          .hasMessageContaining("127.0.0.1:" + busy)
          .hasMessageContaining("set port");
      assertThatThrownBy(() -> EmbeddedKafka.start(config.withControllerPort(busy)))
          .isInstanceOf(EmbeddedKafkaException.PortInUse.class)
          .hasMessageContaining("set controllerPort");
    }
  }

  @Test
  void aSecondBrokerOnTheSameDirectoryIsRefusedAndTheFirstGoesOn() {
    try (EmbeddedKafka first = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory))) {
      assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory)))
          .isInstanceOf(EmbeddedKafkaException.DirectoryInUse.class)
          .hasMessageContaining(directory.toString());
      assertThatThrownBy(() -> BrokerProcess.start(directory, 0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another broker is using the directory");

      TopicAdmin.ensure(first.bootstrapServers(), List.of(Topic.of("still-here", 1)));
    }
  }

  @Test
  void aDirectoryThatCannotBeCreatedIsNamed() throws IOException {
    Path file = Files.createFile(directory.resolve("a-file"));

    assertThatThrownBy(() -> EmbeddedKafka.start(EmbeddedKafkaConfig.in(file.resolve("below"))))
        .isInstanceOf(EmbeddedKafkaException.DirectoryUnusable.class)
        .hasMessageContaining("a-file");
  }

  @Test
  void aStartThatTakesTooLongFailsInsteadOfHanging() {
    assertThatThrownBy(() -> BrokerProcess.start(directory, 0, Duration.ofMillis(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 ms")
        .hasMessageContaining("startTimeout");
  }

  @Test
  void aTopicNobodyDeclaredIsAnError() {
    try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory))) {
      assertThatThrownBy(
              () -> Messages.send(broker.bootstrapServers(), "mistyped", List.of("lost")))
          .isInstanceOf(KafkaException.class);
    }
  }

  @Test
  void extraBrokerPropertiesReachKafka() {
    EmbeddedKafkaConfig config =
        EmbeddedKafkaConfig.in(directory).withProperty("log.retention.ms", "not a number");

    assertThatThrownBy(() -> EmbeddedKafka.start(config))
        .isInstanceOf(EmbeddedKafkaException.StartFailed.class)
        .hasMessageContaining("log.retention.ms");
  }

  @Test
  void closingTwiceDoesNothing() {
    EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory));
    broker.close();
    broker.close();
  }
}
