package io.engram.embeddedkafka.testing;

import io.engram.embeddedkafka.EmbeddedKafka;
import io.engram.embeddedkafka.EmbeddedKafkaConfig;
import io.engram.embeddedkafka.EmbeddedKafkaException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * Runs a broker until standard input ends, so that it never outlives the test that started it.
 *
 * <p>Arguments: directory, port, milliseconds to start in, broker properties as {@code key=value}. Prints one line: {@code ready host:port}, or
 * {@code failed} and why with exit status 1.
 */
final class BrokerLauncher {

  static final String READY = "ready ";
  static final String FAILED = "failed ";

  private BrokerLauncher() {}

  public static void main(String[] args) throws IOException {
    EmbeddedKafkaConfig config =
        EmbeddedKafkaConfig.in(Path.of(args[0]))
            .withPort(Integer.parseInt(args[1]))
            .withStartTimeout(Duration.ofMillis(Long.parseLong(args[2])));
    for (String property : Arrays.asList(args).subList(3, args.length)) {
      int equals = property.indexOf('=');
      config = config.withProperty(property.substring(0, equals), property.substring(equals + 1));
    }
    try (EmbeddedKafka broker = EmbeddedKafka.start(config)) {
      System.out.println(READY + broker.bootstrapServers());
      while (System.in.read() >= 0) {
        // Nothing is said to it; only the end counts.
      }
    } catch (EmbeddedKafkaException e) {
      System.out.println(FAILED + e.getMessage());
      System.exit(1);
    }
  }
}
