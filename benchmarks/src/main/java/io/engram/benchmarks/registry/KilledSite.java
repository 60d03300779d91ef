package io.engram.benchmarks.registry;

import io.engram.benchmarks.Directories;
import io.engram.benchmarks.Ports;
import io.engram.benchmarks.crash.Child;
import io.engram.client.ModelSubscriber;
import io.engram.core.random.RandomStream;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.modelregistry.RegistryConfig;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.gate.PromotionPolicy;
import io.engram.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** A broker and a registry as processes, killed and started again at once. */
final class KilledSite implements AutoCloseable {

  private static final List<String> JVM =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx384m");

  /** One kill in three hits the broker. */
  private static final int ONE_IN = 3;

  private static final Duration LOOK = Duration.ofSeconds(2);

  private final Topics topics;
  private final RandomStream random;
  private final Path directory;
  private final int port = Ports.free();
  private Child broker;
  private Child registry;
  private int brokerKills;
  private int registryKills;

  KilledSite(Topics topics, RandomStream random) {
    this.topics = topics;
    this.random = random;
    this.directory = Directories.temporary();
    this.broker = startBroker();
    this.registry = startRegistry();
  }

  Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", bootstrap());
  }

  void topic(String name) {
    TopicAdmin.ensure(bootstrap(), List.of(Topic.of(name, 1)));
  }

  /** kill -9 of one of the two, and a new one in its place. */
  void killOne() {
    if (random.nextInt(ONE_IN) == 0) {
      broker.kill();
      broker = startBroker();
      brokerKills++;
    } else {
      registry.kill();
      registry = startRegistry();
      registryKills++;
    }
  }

  /** Waits until a subscriber holds a version, starting a registry that has ended itself again, as a supervisor would. */
  void await(ModelSubscriber subscriber, long version, Duration patience)
      throws InterruptedException, TimeoutException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        subscriber.awaitVersion(version, LOOK);
        return;
      } catch (TimeoutException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        if (!registry.alive()) {
          registry = startRegistry();
        }
      }
    }
  }

  int brokerKills() {
    return brokerKills;
  }

  int registryKills() {
    return registryKills;
  }

  void stopRegistry() {
    registry.stop();
  }

  /** A registry in this process that replays what the killed ones have left. */
  RegistryService registryHere() {
    return RegistryService.start(
        RegistryConfig.in(directory.resolve("here")).withPromotion(PromotionPolicy.parse("always")),
        topics,
        kafka(),
        new SimpleMeterRegistry());
  }

  private String bootstrap() {
    return "127.0.0.1:" + port;
  }

  private Child startBroker() {
    return Child.start(
        JVM,
        List.of(
            "broker",
            "--state",
            directory.resolve("broker").toString(),
            "--set",
            "broker.port=" + port,
            "--set",
            "ops.broker-port=off"),
        directory.resolve("broker.out"));
  }

  private Child startRegistry() {
    return Child.start(
        JVM,
        List.of(
            "registry",
            "--bootstrap",
            bootstrap(),
            "--state",
            directory.resolve("registry").toString(),
            "--set",
            "topic-prefix=" + topics.prefix(),
            "--set",
            "registry.promotion=always",
            "--set",
            "registry.http.port=off",
            "--set",
            "ops.registry-port=off"),
        directory.resolve("registry.out"));
  }

  @Override
  public void close() {
    registry.close();
    broker.close();
    Directories.delete(directory);
  }
}
