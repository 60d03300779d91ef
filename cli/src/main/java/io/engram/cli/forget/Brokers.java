package io.engram.cli.forget;

import io.engram.cli.config.Settings;
import io.engram.cli.role.BrokerSettings;
import io.engram.cli.state.StateDirectory;
import io.engram.cli.state.StateDirectoryException;
import io.engram.embeddedkafka.EmbeddedKafka;
import io.engram.kafkakit.ClientProperties;
import io.engram.kafkakit.Doorbell;
import java.nio.file.Files;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The brokers whose topics are worked on: a cluster that runs, or those of a state directory, started for as long as this is open.
 *
 * @param kafka properties of their clients
 * @param own the broker that was started here
 */
public record Brokers(Map<String, Object> kafka, @Nullable EmbeddedKafka own)
    implements AutoCloseable {

  /** Deleted topics are gone from the disk this much later, rather than a minute. */
  private static final String DELETED_AFTER_MILLIS = "500";

  /**
   * A cluster, which has answered.
   *
   * @throws io.engram.kafkakit.NoBrokerException if it does not
   */
  public static Brokers at(String bootstrap, Settings settings) {
    Map<String, Object> kafka = ClientProperties.at(bootstrap, settings.kafka());
    Doorbell.ring(kafka);
    return new Brokers(kafka, null);
  }

  /**
   * Starts the broker of a state directory, on free ports.
   *
   * @throws StateDirectoryException if there is none
   */
  public static Brokers of(StateDirectory state, Settings settings) {
    if (!Files.isDirectory(state.broker())) {
      throw new StateDirectoryException(
          "there are no topics in %s: name the state directory of an 'engram run' with --state DIR, or brokers with --bootstrap"
              .formatted(state.root()));
    }
    EmbeddedKafka broker =
        EmbeddedKafka.start(
            BrokerSettings.read(settings, state)
                .withPort(0)
                .withControllerPort(0)
                .withProperty("log.segment.delete.delay.ms", DELETED_AFTER_MILLIS));
    return new Brokers(ClientProperties.at(broker.bootstrapServers(), settings.kafka()), broker);
  }

  /** Whether nobody else can be connected. */
  public boolean alone() {
    return own != null;
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }
}
