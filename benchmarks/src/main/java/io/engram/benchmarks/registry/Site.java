package io.engram.benchmarks.registry;

import io.engram.benchmarks.Directories;
import io.engram.embeddedkafka.EmbeddedKafka;
import io.engram.embeddedkafka.EmbeddedKafkaConfig;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.modelregistry.RegistryConfig;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.gate.PromotionPolicy;
import io.engram.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A broker of its own in a directory that goes with it, and registries on it. */
final class Site implements AutoCloseable {

  private final Path directory;
  private final EmbeddedKafka broker;

  private Site(Path directory, EmbeddedKafka broker) {
    this.directory = directory;
    this.broker = broker;
  }

  static Site open() {
    Path directory = Directories.temporary();
    return new Site(
        directory, EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("broker"))));
  }

  Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  Path directory(String name) {
    return directory.resolve(name);
  }

  /** A topic of one partition. */
  String topic(String name) {
    TopicAdmin.ensure(broker.bootstrapServers(), List.of(Topic.of(name, 1)));
    return name;
  }

  /** A registry that promotes every candidate. */
  RegistryService registry(Topics topics) {
    return RegistryService.start(
        RegistryConfig.in(directory(topics.prefix() + "registry"))
            .withPromotion(PromotionPolicy.parse("always")),
        topics,
        kafka(),
        new SimpleMeterRegistry());
  }

  @Override
  public void close() {
    broker.close();
    Directories.delete(directory);
  }
}
