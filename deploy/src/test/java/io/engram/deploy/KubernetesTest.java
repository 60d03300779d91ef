package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engram.cli.Main;
import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.IngestSettings;
import io.engram.cli.role.LearnerSettings;
import io.engram.cli.role.PredictSettings;
import io.engram.cli.role.RegistrySettings;
import io.engram.cli.state.StateDirectory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code deploy/kubernetes} against the API, the code and the other files of a deployment. */
final class KubernetesTest {

  private static final List<JsonNode> BASE = Manifests.of("base");
  private static final String CONFIG = Manifests.DIRECTORY + "base/engram.conf";
  private static final List<String> ROLES = List.of("ingest", "learner", "registry", "predict");

  static Stream<JsonNode> sets() {
    return Manifests.kind(BASE, "StatefulSet");
  }

  @Test
  void theApiTakesEveryResource() {
    for (String directory : List.of("base", "strimzi")) {
      assertThat(Manifests.of(directory))
          .isNotEmpty()
          .allSatisfy(it -> assertThat(KubernetesApi.problem(it)).isEmpty());
    }
  }

  @Test
  void theApiSeesMistakes() {
    ObjectNode set = sets().findFirst().orElseThrow().deepCopy();
    ((ObjectNode) container(set)).put("imag", "x");
    assertThat(KubernetesApi.problem(set).orElseThrow()).contains("`imag`");
    ObjectNode user =
        Manifests.kind(Manifests.of("strimzi"), "KafkaUser").findFirst().orElseThrow().deepCopy();
    ((ObjectNode) user.path("spec").path("authorization").path("acls").path(0))
        .put("permission", "Read");
    assertThat(KubernetesApi.problem(user)).isPresent();
  }

  @Test
  void everyRoleHasASetAndABudget() {
    assertThat(sets().map(KubernetesTest::role)).containsExactlyInAnyOrderElementsOf(ROLES);
    assertThat(
            Manifests.kind(BASE, "PodDisruptionBudget")
                .map(it -> it.at("/spec/selector/matchLabels")))
        .containsExactlyElementsOf(sets().map(it -> it.at("/spec/selector/matchLabels")).toList());
  }

  @ParameterizedTest
  @MethodSource("sets")
  void theCommandIsOneOfTheProgramAndEverySettingIsRead(JsonNode set, @TempDir Path state) {
    JsonNode container = container(set);
    assertThat(
            Main.commandLine()
                .parseArgs(Tree.texts(container.path("args")).toArray(String[]::new))
                .subcommand()
                .commandSpec()
                .name())
        .isEqualTo(role(set));
    Settings settings = settings(container);
    StateDirectory directory = StateDirectory.open(state);
    assertThat(IngestSettings.read(settings, directory)).isNotNull();
    assertThat(LearnerSettings.read(settings, directory)).isNotNull();
    assertThat(RegistrySettings.read(settings, directory)).isNotNull();
    assertThat(PredictSettings.read(settings, directory)).isNotNull();
    assertThat(settings.kafka())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("ssl.truststore.location", "/etc/kafka-ca/ca.crt");
    assertThat(settings.section("ops").text("host")).isEqualTo("0.0.0.0");
    assertThat(port(container, "ops"))
        .isEqualTo(settings.section("ops").integer(role(set) + "-port"));
  }

  @ParameterizedTest
  @MethodSource("sets")
  void portsImageAndMemoryAreThoseOfTheImageAndOfCompose(JsonNode set) {
    JsonNode container = container(set);
    ComposeFile.Service service = ComposeFile.read().service(role(set));
    assertThat(Tree.texts(container.path("args"))).isEqualTo(service.command());
    assertThat(container.path("image").asText()).isEqualTo(service.image());
    assertThat(Tree.items(container.path("ports")).map(it -> it.path("containerPort").asInt()))
        .containsExactlyInAnyOrderElementsOf(
            service.ports().stream().map(ComposeFile.Port::inContainer).toList());
    assertThat(container.at("/resources/limits/memory").asText())
        .isEqualToIgnoringCase(service.memoryLimit() + "i");
    assertThat(Tree.items(container.path("volumeMounts")).map(it -> it.path("mountPath").asText()))
        .contains(Dockerfile.read().environment().get("ENGRAM_STATE_DIR"), "/etc/engram", "/tmp");
    assertThat(Dockerfile.read().all("USER"))
        .containsExactly(
            set.at("/spec/template/spec/securityContext/runAsUser").asText()
                + ":"
                + set.at("/spec/template/spec/securityContext/runAsGroup").asText());
  }

  @ParameterizedTest
  @MethodSource("sets")
  void aPodMayDoNothingItNeedNot(JsonNode set) {
    JsonNode security = container(set).path("securityContext");
    assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(Tree.texts(security.at("/capabilities/drop"))).containsExactly("ALL");
    assertThat(set.at("/spec/template/spec/automountServiceAccountToken").asBoolean(true))
        .isFalse();
    assertThat(set.at("/spec/template/spec/enableServiceLinks").asBoolean(true))
        .as("ENGRAM_REGISTRY_PORT would be a key that nobody knows")
        .isFalse();
    assertThat(
            List.of(
                container(set).at("/startupProbe/httpGet/path").asText(),
                container(set).at("/livenessProbe/httpGet/path").asText(),
                container(set).at("/readinessProbe/httpGet/path").asText()))
        .containsExactly("/live", "/live", "/ready");
  }

  @Test
  void theDescriptionOfTheStreamIsThatOfCompose() {
    Map<String, String> here = entries(CONFIG);
    Map<String, String> compose = entries("deploy/engram.conf");
    here.keySet().removeIf(it -> it.endsWith("replication") || it.endsWith("partitions"));
    compose.keySet().removeIf(it -> it.endsWith("replication") || it.endsWith("partitions"));
    assertThat(here).isEqualTo(compose);
  }

  @Test
  void topicsAndUsersAreWhatTheProgramPrints() {
    String config = Repository.path(CONFIG).toString();
    assertThat(Repository.text(Manifests.DIRECTORY + "strimzi/topics.yaml"))
        .isEqualTo(printed("topics", "create", "--format", "strimzi", "--config", config));
    assertThat(Repository.text(Manifests.DIRECTORY + "strimzi/users.yaml"))
        .isEqualTo(printed("topics", "acls", "--format", "strimzi", "--config", config));
  }

  @Test
  void prometheusReadsThePortOfTheRoles() {
    JsonNode monitor = Manifests.of("monitoring").get(0);
    JsonNode endpoint = monitor.at("/spec/podMetricsEndpoints/0");
    assertThat(endpoint.path("port").asText()).isEqualTo("ops");
    assertThat(endpoint.path("path").asText()).isEqualTo("/metrics");
    JsonNode wanted = monitor.at("/spec/selector/matchLabels/app.kubernetes.io~1name");
    assertThat(sets().map(it -> it.at("/spec/template/metadata/labels/app.kubernetes.io~1name")))
        .containsOnly(wanted);
  }

  private static String role(JsonNode set) {
    return container(set).path("name").asText();
  }

  private static JsonNode container(JsonNode set) {
    return set.at("/spec/template/spec/containers/0");
  }

  private static int port(JsonNode container, String name) {
    return Tree.items(container.path("ports"))
        .filter(it -> it.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow()
        .path("containerPort")
        .asInt();
  }

  /** The environment of a pod with Strimzi's Kafka. */
  private static Settings settings(JsonNode container) {
    Map<String, String> environment = new HashMap<>();
    for (JsonNode literal :
        Manifests.kustomization("strimzi").path("configMapGenerator").path(0).path("literals")) {
      String[] pair = literal.asText().split("=", 2);
      environment.put(pair[0], pair[1]);
    }
    Tree.items(container.path("env"))
        .forEach(it -> environment.put(it.path("name").asText(), it.path("value").asText("pod-0")));
    environment.put("ENGRAM_KAFKA_SASL_JAAS_CONFIG", "of the secret");
    return Settings.load(
        Layers.none().withFile(Repository.path(CONFIG)).withEnvironment(environment));
  }

  private static Map<String, String> entries(String file) {
    Map<String, String> entries = new HashMap<>();
    Settings.load(Layers.none().withFile(Repository.path(file)))
        .entries()
        .forEach(it -> entries.put(it.key(), it.value()));
    return entries;
  }

  private static String printed(String... command) {
    StringWriter out = new StringWriter();
    assertThat(Main.commandLine().setOut(new PrintWriter(out)).execute(command)).isZero();
    return out.toString();
  }
}
