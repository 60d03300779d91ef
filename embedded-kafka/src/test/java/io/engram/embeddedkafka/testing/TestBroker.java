package io.engram.embeddedkafka.testing;

import io.engram.embeddedkafka.EmbeddedKafka;
import io.engram.embeddedkafka.EmbeddedKafkaConfig;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One broker for all tests of a test process: started by the first who asks, stopped at exit.
 *
 * <p>Tests do not share topics, groups or transactional ids: each takes a {@link #uniquePrefix}.
 */
public final class TestBroker {

  private TestBroker() {}

  /** Where the broker listens, {@code host:port}. */
  public static String bootstrapServers() {
    return Holder.BROKER.bootstrapServers();
  }

  /** A prefix for topics, groups and ids that no other test has, such as {@code grouping-1f3a9c-}. */
  public static String uniquePrefix(String test) {
    return test + "-" + UUID.randomUUID().toString().substring(0, 8) + "-";
  }

  /** Creates a topic and gives back its name. */
  public static String createTopic(String name, int partitions) {
    return createTopic(name, partitions, Map.of());
  }

  /** Creates a topic and gives back its name. */
  public static String createTopic(String name, int partitions, Map<String, String> configs) {
    TopicAdmin.ensure(
        bootstrapServers(), List.of(new Topic(name, partitions, (short) -1, configs)));
    return name;
  }

  private static final class Holder {
    static final EmbeddedKafka BROKER = start();

    private static EmbeddedKafka start() {
      try {
        Path directory = Files.createTempDirectory("engram-test-broker");
        EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory));
        Runtime.getRuntime()
            .addShutdownHook(
                new Thread(
                    () -> {
                      broker.close();
                      Directories.delete(directory);
                    },
                    "test-broker-stop"));
        return broker;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
