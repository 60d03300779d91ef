package io.engram.benchmarks;

import io.engram.embeddedkafka.EmbeddedKafka;
import io.engram.embeddedkafka.EmbeddedKafkaConfig;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A broker of a bench's own in a directory that goes with it. */
public class OwnBroker implements AutoCloseable {

  private final Path directory = Directories.temporary();
  private final EmbeddedKafka broker =
      EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("broker")));

  /** Starts it. */
  protected OwnBroker() {}

  /** What its clients are told. */
  public final Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  /** A place for something that goes with it. */
  public final Path directory(String name) {
    return directory.resolve(name);
  }

  /** A topic of one partition. */
  public final String topic(String name) {
    TopicAdmin.ensure(broker.bootstrapServers(), List.of(Topic.of(name, 1)));
    return name;
  }

  @Override
  public final void close() {
    broker.close();
    Directories.delete(directory);
  }
}
