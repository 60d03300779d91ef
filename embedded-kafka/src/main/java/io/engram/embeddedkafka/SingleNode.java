package io.engram.embeddedkafka;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * A controller and a broker in one process, as {@link KafkaRaftServer} wires them, but started one after the other.
 *
 * <p>After kill -9 the metadata still call the dead broker the leader of every partition, until its session expires. A broker that
 * starts meanwhile takes the transaction log over at once, finds the partitions of a half-finished commit without a leader a
 * moment later, takes them for deleted and calls the transaction complete without having written its markers
 * (TransactionMarkerChannelManager of Kafka 4.3): what was committed stays hidden, and shows up together with the
 * next transaction of the same producer, twice where that one did the work again. So the broker waits until
 * the dead one is fenced, which it has to do anyway before it may register.
 */
final class SingleNode {

  private static final Logger LOG = LoggerFactory.getLogger(SingleNode.class);

  private final SharedServer shared;
  private final ControllerServer controller;
  private final BrokerServer broker;

  SingleNode(KafkaConfig config) {
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> directories =
        KafkaRaftServer.initializeLogDirs(config, LOG, "");
    QuorumConfig quorum = config.quorumConfig();
    Metrics metrics =
        Server.initializeMetrics(config, Time.SYSTEM, directories._1().clusterId().orElseThrow());
    this.shared =
        new SharedServer(
            config,
            directories._1(),
            Time.SYSTEM,
            metrics,
            CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(quorum.voters())),
            QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()),
            new StandardFaultHandlerFactory(),
            ServerSocketFactory.INSTANCE);
    this.controller =
        new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
    this.broker = new BrokerServer(shared);
  }

  /** Starts both and returns when the broker serves clients. */
  void startup() {
    controller.startup();
    awaitPredecessorFenced();
    broker.startup();
  }

  private void awaitPredecessorFenced() {
    Predecessor predecessor = new Predecessor(BrokerProperties.NODE_ID);
    var unused = shared.loader().installPublishers(List.of(predecessor));
    try {
      predecessor.gone().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the controller started", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the controller's metadata cannot be read", e.getCause());
    }
    unused = shared.loader().removeAndClosePublisher(predecessor);
  }

  /** Stops the broker, then the controller. */
  void shutdown() {
    broker.shutdown();
    controller.shutdown();
    broker.awaitShutdown();
    controller.awaitShutdown();
  }
}
