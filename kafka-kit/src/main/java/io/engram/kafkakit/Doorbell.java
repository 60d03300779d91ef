package io.engram.kafkakit;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;

/**
 * Asks once whether a cluster is there, before anything else is asked of it: Kafka's own clients try for a minute and then speak of a
 * topic.
 */
public final class Doorbell {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LOOK_MILLIS = 1_000;
  private static final int MOST_LOOKED_AT = 3;

  private Doorbell() {}

  /**
   * When this returns a broker has answered. Waits for ten seconds, or for {@code default.api.timeout.ms} where the user wants less.
   *
   * @param kafka properties of the clients; {@code bootstrap.servers} at least
   * @throws NoBrokerException if none does
   * @throws KafkaException if the properties are wrong, or the cluster refuses whoever asks
   */
  public static void ring(Map<String, Object> kafka) {
    int millis = Math.min(Math.toIntExact(PATIENCE.toMillis()), userMillis(kafka));
    Map<String, Object> hasty =
        ClientProperties.with(
            kafka,
            Map.of(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                millis,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                millis,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                Math.min(millis, 500)));
    Admin admin = Admin.create(hasty);
    try {
      KafkaAnswers.await(
          admin.describeCluster(new DescribeClusterOptions().timeoutMs(millis)).nodes(),
          Duration.ofMillis(millis + 500L));
    } catch (KafkaException e) {
      throw Trouble.of(e.getCause() instanceof KafkaException cause ? cause : e) == Trouble.REFUSED
          ? e
          : absent(kafka, millis, e);
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private static int userMillis(Map<String, Object> kafka) {
    Object wanted = kafka.get(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG);
    try {
      return wanted == null
          ? Integer.MAX_VALUE
          : Math.max(1, Integer.parseInt(String.valueOf(wanted)));
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE; // Kafka says what it thinks of that
    }
  }

  private static NoBrokerException absent(Map<String, Object> kafka, int millis, Throwable cause) {
    String servers = String.valueOf(kafka.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    String protocol =
        String.valueOf(
            kafka.getOrDefault(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL));
    List<String> found = new ArrayList<>();
    boolean open = false;
    for (String address : servers.split(",", -1)) {
      if (found.size() == MOST_LOOKED_AT) {
        break;
      }
      Look look = Look.at(address.trim());
      found.add(address.trim() + " " + look.found());
      open |= look.open();
    }
    String what =
        open
            ? "Something listens there: it may be no broker, may expect another security.protocol (this is %s), or name its brokers by addresses that cannot be reached from here (its advertised.listeners)"
                .formatted(protocol)
            : "Start the broker, or name yours with --bootstrap HOST:PORT (configuration: bootstrap); 'engram run' has one of its own while it runs";
    return new NoBrokerException(
        "no Kafka broker answered within %.1f s: %s; expected one that speaks %s. %s"
            .formatted(millis / 1e3, String.join(", ", found), protocol, what),
        cause);
  }

  /**
   * What an address is like for a plain connection.
   *
   * @param open whether somebody took it
   */
  private record Look(String found, boolean open) {

    static Look at(String address) {
      String host = Utils.getHost(address);
      Integer port = Utils.getPort(address);
      if (host == null || port == null) {
        return new Look("is no HOST:PORT", false);
      }
      InetSocketAddress resolved = new InetSocketAddress(host, port);
      if (resolved.isUnresolved()) {
        return new Look("has a host name that is not known here", false);
      }
      try (Socket socket = new Socket()) {
        socket.connect(resolved, LOOK_MILLIS);
        return new Look("takes connections but does not answer", true);
      } catch (ConnectException e) {
        return new Look("refuses connections (nothing listens there)", false);
      } catch (SocketTimeoutException e) {
        return new Look("does not take connections (a firewall, or the host is down)", false);
      } catch (IOException e) {
        return new Look("cannot be reached (" + e.getMessage() + ")", false);
      }
    }
  }
}
