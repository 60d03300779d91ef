package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.cli.Main;
import io.engram.deploy.ComposeFile.Service;
import io.engram.engine.Engines;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The files of {@code deploy/compose} against the one they are laid over, and against the code. */
final class ComposeOverlaysTest {

  private static final ComposeFile BASE = ComposeFile.read();

  @Test
  void theBrokersOfAClusterAreAlikeAndKnowEachOther() {
    ComposeFile cluster = ComposeFile.overlay("cluster");
    Map<String, Map<String, String>> brokers = new LinkedHashMap<>();
    cluster.services().values().stream()
        .filter(it -> it.name().startsWith("kafka"))
        .forEach(it -> brokers.put(it.name(), laidOver(it)));
    List<String> voters = new ArrayList<>();
    brokers.forEach(
        (name, environment) -> {
          voters.add(environment.get("KAFKA_NODE_ID") + "@" + name + ":29093");
          assertThat(environment.get("KAFKA_ADVERTISED_LISTENERS"))
              .contains("://" + name + ":19092");
          assertThat(environment.keySet()).isEqualTo(keys());
        });
    assertThat(brokers.values())
        .allSatisfy(
            it ->
                assertThat(it)
                    .containsEntry("KAFKA_CONTROLLER_QUORUM_VOTERS", String.join(",", voters)));
    assertThat(cluster.services().values().stream().map(Service::image).filter(it -> !it.isEmpty()))
        .containsOnly(BASE.service("kafka").image());
    List<Integer> ports = new ArrayList<>();
    BASE.services().values().forEach(it -> it.ports().forEach(port -> ports.add(port.onHost())));
    cluster.services().values().forEach(it -> it.ports().forEach(port -> ports.add(port.onHost())));
    assertThat(ports).doesNotHaveDuplicates();
  }

  @Test
  void everyRoleKnowsEveryBrokerOfACluster() {
    for (Service role : BASE.roles()) {
      assertThat(ComposeFile.overlay("cluster").service(role.name()).environment())
          .containsEntry("ENGRAM_BOOTSTRAP", "kafka:19092,kafka-2:19092,kafka-3:19092");
    }
  }

  @Test
  void theProducerRunsTheSameImageAsTheRolesBesideThem() {
    Service demo = ComposeFile.overlay("demo").service("demo");
    Service ingest = BASE.service("ingest");
    assertThat(demo.image()).isEqualTo(ingest.image());
    assertThat(BASE.services()).doesNotContainKey("demo");
    assertThat(demo.environment().get("ENGRAM_BOOTSTRAP"))
        .isEqualTo(ingest.environment().get("ENGRAM_BOOTSTRAP"));
    assertThat(demo.ports()).isEmpty();
    assertThat(demo.mounts())
        .singleElement()
        .matches(it -> it.isVolume() && it.inContainer().equals("/var/lib/engram"));
    assertThat(demo.command().get(0)).isEqualTo("feed");
    CommandLine.ParseResult parsed =
        Main.commandLine().parseArgs(demo.command().toArray(String[]::new));
    assertThat(parsed.subcommand().<String>matchedOptionValue("--source", ""))
        .isEqualTo("sinusoid");
  }

  /** The registry of the demo asks the other roles under names they listen to, where they listen. */
  @Test
  void thePageOfTheDemoAsksRolesThatAreThere() {
    ComposeFile.overlay("demo")
        .service("registry")
        .environment()
        .forEach(
            (name, address) -> {
              URI uri = URI.create(address);
              Service role = BASE.service(uri.getHost());
              assertThat(name)
                  .isEqualTo("ENGRAM_REGISTRY_PAGE_ROLES_" + role.name().toUpperCase(Locale.ROOT));
              assertThat(role.ports()).anyMatch(it -> it.inContainer() == uri.getPort());
            });
  }

  @Test
  void theEngineOnACardIsOneThereIs() {
    assertThat(Engines.names())
        .contains(
            ComposeFile.overlay("gpu")
                .service("learner")
                .environment()
                .getOrDefault("ENGRAM_LEARNER_ENGINE", ""));
  }

  @Test
  void whatTlsSetsAreKeysOfBrokerAndClients() {
    ComposeFile tls = ComposeFile.overlay("tls");
    assertThat(AbstractKafkaConfig.CONFIG_DEF.names())
        .containsAll(properties(tls.service("kafka"), "KAFKA_"));
    for (Service role : BASE.roles()) {
      Set<String> keys = properties(tls.service(role.name()), "ENGRAM_KAFKA_");
      assertThat(keys).hasSize(5);
      assertThat(ProducerConfig.configNames()).containsAll(keys);
    }
  }

  private static Set<String> keys() {
    Set<String> keys = new HashSet<>(BASE.service("kafka").environment().keySet());
    keys.add("KAFKA_MIN_INSYNC_REPLICAS");
    return keys;
  }

  private static Map<String, String> laidOver(Service broker) {
    Map<String, String> environment = new LinkedHashMap<>();
    if (broker.name().equals("kafka")) {
      environment.putAll(BASE.service("kafka").environment());
    }
    environment.putAll(broker.environment());
    return environment;
  }

  private static Set<String> properties(Service service, String prefix) {
    Set<String> keys = new HashSet<>();
    for (String name : service.environment().keySet()) {
      assertThat(name).startsWith(prefix);
      keys.add(name.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '.'));
    }
    return keys;
  }
}
