package io.engram.deploy;

import java.nio.file.Path;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** On the image of Kafka that {@code docker-compose.yml} names; skipped where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
final class RolesApartOnKafkaImageTest extends RolesApartScenario {

  private final KafkaContainer broker =
      new KafkaContainer(ComposeFile.read().service("kafka").image());

  @Override
  String startKafka(Path directory) {
    broker.start();
    return broker.getBootstrapServers();
  }

  @Override
  void stopKafka() {
    broker.stop();
  }
}
