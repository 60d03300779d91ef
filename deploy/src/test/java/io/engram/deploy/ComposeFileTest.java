package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.cli.Main;
import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.IngestSettings;
import io.engram.cli.role.LearnerSettings;
import io.engram.cli.role.RegistrySettings;
import io.engram.cli.state.StateDirectory;
import io.engram.deploy.ComposeFile.Mount;
import io.engram.deploy.ComposeFile.Port;
import io.engram.deploy.ComposeFile.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.utils.internals.AppInfoParser;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.ParseResult;

/** {@code docker-compose.yml} against the code: commands, keys, ports and paths. */
final class ComposeFileTest {

  private static final ComposeFile COMPOSE = ComposeFile.read();

  static List<Service> roles() {
    return COMPOSE.roles();
  }

  static Stream<Service> services() {
    return COMPOSE.services().values().stream();
  }

  @Test
  void everyRoleHasAService() {
    assertThat(roles())
        .extracting(Service::name)
        .containsExactly("ingest", "learner", "registry", "predict");
  }

  @ParameterizedTest
  @MethodSource("roles")
  void theCommandOfARoleIsOneOfTheProgram(Service role) {
    ParseResult parsed = Main.commandLine().parseArgs(role.command().toArray(String[]::new));
    assertThat(parsed.subcommand().commandSpec().name()).isEqualTo(role.name());
    assertThat(parsed.subcommand().matchedOptionValue("--config", Path.of("")))
        .isEqualTo(Path.of("/etc/engram/engram.conf"));
  }

  @ParameterizedTest
  @MethodSource("roles")
  void everyKeyIsKnownAndEveryValueAllowed(Service role, @TempDir Path state) {
    Settings settings = settings(role);
    StateDirectory directory = StateDirectory.open(state);
    assertThat(IngestSettings.read(settings, directory)).isNotNull();
    assertThat(LearnerSettings.read(settings, directory)).isNotNull();
    assertThat(RegistrySettings.read(settings, directory)).isNotNull();
    assertThat(settings.top().text("bootstrap")).isEqualTo("kafka:19092");
    assertThat(settings.top().text("state-dir")).isEqualTo(volumeOf(role).inContainer());
  }

  @ParameterizedTest
  @MethodSource("roles")
  void theHealthCheckAndTheHostUseTheRolesPort(Service role) {
    int port = opsPort(role);
    assertThat(role.test()).containsExactly("/opt/engram/healthcheck", Integer.toString(port));
    assertThat(role.ports()).extracting(Port::inContainer).contains(port);
  }

  @Test
  void theRegistrysModelsAreWithinReach() {
    Service registry = COMPOSE.service("registry");
    int port = settings(registry).section("registry").section("http").integer("port");
    assertThat(registry.ports()).extracting(Port::inContainer).contains(port);
    assertThat(settings(registry).section("registry").section("http").text("host"))
        .isEqualTo("0.0.0.0");
  }

  @ParameterizedTest
  @MethodSource("roles")
  void aRoleMayBeSpokenToUnderItsName(Service role) {
    assertThat(settings(role).section("ops").words("allowed-hosts")).contains(role.name());
  }

  @ParameterizedTest
  @MethodSource("services")
  void portsArePublishedOnLoopbackAloneAndUnchanged(Service service) {
    assertThat(service.ports()).isNotEmpty();
    for (Port port : service.ports()) {
      assertThat(port.address()).isEqualTo("127.0.0.1");
      assertThat(port.onHost()).isEqualTo(port.inContainer());
    }
  }

  @Test
  void noPortIsTakenTwice() {
    assertThat(services().flatMap(service -> service.ports().stream()).map(Port::onHost))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("services")
  void everyMountedPathExistsAndEveryVolumeIsDeclared(Service service) {
    assertThat(service.mounts()).isNotEmpty();
    for (Mount mount : service.mounts()) {
      if (mount.isVolume()) {
        assertThat(COMPOSE.tree().path("volumes").has(mount.source())).as(mount.source()).isTrue();
      } else {
        assertThat(mount.onHost()).exists();
        assertThat(mount.readOnly()).isTrue();
      }
    }
  }

  @Test
  void everyVolumeBelongsToOneService() {
    List<String> declared = new ArrayList<>();
    COMPOSE.tree().path("volumes").fieldNames().forEachRemaining(declared::add);
    List<String> mounted =
        services()
            .flatMap(service -> service.mounts().stream())
            .filter(Mount::isVolume)
            .map(Mount::source)
            .toList();
    assertThat(mounted).containsExactlyInAnyOrderElementsOf(declared);
  }

  @ParameterizedTest
  @MethodSource("roles")
  void aRoleGetsLongerToStopThanItTakes(Service role) {
    String grace =
        COMPOSE.tree().path("services").path(role.name()).path("stop_grace_period").asText();
    // The role itself gives up after a minute.
    assertThat(Integer.parseInt(grace.replace("s", ""))).isGreaterThan(60);
  }

  @Test
  void kafkaIsOfTheReleaseWhoseClientsAreUsed() {
    assertThat(COMPOSE.service("kafka").image())
        .isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
  }

  @Test
  void kafkasEnvironmentIsAConfigurationOfThatBroker() {
    Map<String, String> properties = new HashMap<>();
    COMPOSE
        .service("kafka")
        .environment()
        .forEach(
            (name, value) -> {
              if (name.startsWith("KAFKA_") && !name.equals("KAFKA_HEAP_OPTS")) {
                String key = name.substring("KAFKA_".length()).toLowerCase(Locale.ROOT);
                properties.put(key.replace('_', '.'), value);
              }
            });
    assertThat(AbstractKafkaConfig.CONFIG_DEF.names()).containsAll(properties.keySet());
    assertThat(new KafkaConfig(properties, false).logRetentionBytes()).isPositive();
    String advertised = properties.getOrDefault("advertised.listeners", "");
    assertThat(advertised).contains("://kafka:19092", "://localhost:9092");
  }

  private static Settings settings(Service role) {
    Map<String, String> environment = new HashMap<>(Dockerfile.read().environment());
    environment.putAll(role.environment());
    Mount conf =
        role.mounts().stream()
            .filter(mount -> mount.inContainer().equals("/etc/engram/engram.conf"))
            .findFirst()
            .orElseThrow();
    return Settings.load(Layers.none().withFile(conf.onHost()).withEnvironment(environment));
  }

  private static Mount volumeOf(Service role) {
    return role.mounts().stream().filter(Mount::isVolume).findFirst().orElseThrow();
  }

  private static int opsPort(Service role) {
    return settings(role).section("ops").integer(role.name() + "-port");
  }
}
