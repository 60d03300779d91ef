package io.engram.embeddedkafka;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.server.config.AbstractKafkaConfig;

/** The broker properties of a single node that serves one machine. */
final class BrokerProperties {

  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  /** The properties that follow from {@link EmbeddedKafkaConfig} and that nobody may replace. */
  static final Set<String> DERIVED =
      Set.of(
          "process.roles",
          "node.id",
          "controller.quorum.voters",
          "controller.listener.names",
          "listeners",
          "advertised.listeners",
          "listener.security.protocol.map",
          "inter.broker.listener.name",
          "log.dir",
          "log.dirs",
          "metadata.log.dir");

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          // One node holds every internal topic, each in one partition.
          Map.entry("default.replication.factor", "1"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("offsets.topic.num.partitions", "1"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.state.log.num.partitions", "1"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.num.partitions", "1"),
          // A topic that nobody declared is a mistake in a name.
          Map.entry("auto.create.topics.enable", "false"),
          // A consumer group outlives a machine that stays off for weeks: where its offsets
          // expired,
          // everything would be read twice. Ten years, in minutes.
          Map.entry("offsets.retention.minutes", "5256000"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          // After kill -9 the old session must expire before the broker may register again.
          Map.entry("broker.session.timeout.ms", "2000"),
          Map.entry("broker.heartbeat.interval.ms", "300"),
          Map.entry("controlled.shutdown.enable", "true"),
          // Short transactions in a row, and a dead producer's transaction that blocks nobody long.
          Map.entry("add.partitions.to.txn.retry.backoff.ms", "1"),
          Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
          // A guest in somebody else's process: few threads, little heap.
          Map.entry("num.network.threads", "2"),
          Map.entry("num.io.threads", "2"),
          Map.entry("background.threads", "2"),
          Map.entry("log.cleaner.dedupe.buffer.size", "4194304"));

  private BrokerProperties() {}

  /** All properties of a node that listens on the given ports of 127.0.0.1. */
  static Map<String, String> of(
      Path directory, int port, int controllerPort, Map<String, String> extra) {
    Map<String, String> all = new HashMap<>(DEFAULTS);
    all.putAll(extra);
    all.put("process.roles", "broker,controller");
    all.put("node.id", Integer.toString(NODE_ID));
    all.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
    all.put("controller.listener.names", CONTROLLER_LISTENER);
    all.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    all.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    all.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    all.put("inter.broker.listener.name", "PLAINTEXT");
    all.put("log.dirs", directory.toString());
    return all;
  }

  /** Refuses what Kafka would ignore and what this module decides. */
  static void check(Collection<String> keys) {
    for (String key : new TreeSet<>(keys)) {
      if (DERIVED.contains(key)) {
        throw new IllegalArgumentException(
            "the broker property " + key + " follows from the directory and the ports; set those");
      }
      if (!AbstractKafkaConfig.CONFIG_DEF.names().contains(key)) {
        throw new IllegalArgumentException(
            "unknown broker property " + key + "; see the broker configuration of Kafka");
      }
    }
  }
}
