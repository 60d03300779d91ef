package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.engram.cli.Main;
import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.IngestSettings;
import io.engram.cli.role.LearnerSettings;
import io.engram.cli.role.RegistrySettings;
import io.engram.cli.state.StateDirectory;
import io.engram.deploy.ComposeFile.Port;
import io.engram.deploy.ComposeFile.Service;
import io.engram.deploy.KubernetesFiles.Resource;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.ParseResult;

/** {@code deploy/kubernetes} against Kubernetes' own fields, the image and the code. */
final class KubernetesTest {

  private static final ComposeFile COMPOSE = ComposeFile.read();

  private static final Map<String, Validation> KINDS =
      Map.of(
          "Namespace", V1Namespace::validateJsonElement,
          "ServiceAccount", V1ServiceAccount::validateJsonElement,
          "StatefulSet", V1StatefulSet::validateJsonElement,
          "Service", V1Service::validateJsonElement,
          "PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
          "NetworkPolicy", V1NetworkPolicy::validateJsonElement);

  /** Refuses fields that Kubernetes does not know, and misses those it wants. */
  private interface Validation {
    void check(JsonElement tree) throws IOException;
  }

  static Stream<Resource> resources() {
    return KubernetesFiles.in(KubernetesFiles.BASE).stream();
  }

  static List<Resource> roles() {
    return KubernetesFiles.roles();
  }

  @ParameterizedTest
  @MethodSource("resources")
  void everyFieldIsOneOfKubernetes(Resource resource) {
    Validation validation = KINDS.get(resource.kind());
    assertThat(validation).as(resource.kind()).isNotNull();
    JsonElement tree = JsonParser.parseString(resource.tree().toString());
    assertThatCode(() -> validation.check(tree)).doesNotThrowAnyException();
  }

  @Test
  void aMistakeIsFound() {
    String role = roles().get(0).tree().toString().replace("readinessProbe", "readynessProbe");
    assertThatThrownBy(() -> V1StatefulSet.validateJsonElement(JsonParser.parseString(role)))
        .hasMessageContaining("readynessProbe");
  }

  @Test
  void everyFileIsNamedAndEveryNameIsAFile() {
    JsonNode base = Repository.yaml(KubernetesFiles.BASE + "/kustomization.yaml");
    Set<String> files = new TreeSet<>();
    resources().forEach(it -> files.add(it.file()));
    assertThat(Tree.texts(base.path("resources"))).containsExactlyInAnyOrderElementsOf(files);
    JsonNode example = Repository.yaml(KubernetesFiles.EXAMPLE + "/kustomization.yaml");
    Stream.concat(
            Tree.texts(example.path("resources")).stream(),
            Stream.of("ingest", "learner", "registry", "predict").map("user-%s.yaml"::formatted))
        .forEach(it -> assertThat(Repository.path(KubernetesFiles.EXAMPLE).resolve(it)).exists());
    assertThat(example.path("patches")).hasSize(4);
  }

  @Test
  void everyRoleRunsWithAServiceAndABudget() {
    List<String> names = COMPOSE.roles().stream().map(it -> "engram-" + it.name()).toList();
    for (String kind : List.of("StatefulSet", "Service", "PodDisruptionBudget")) {
      assertThat(resources().filter(it -> it.kind().equals(kind)).map(Resource::name))
          .as(kind)
          .containsExactlyInAnyOrderElementsOf(names);
    }
  }

  @ParameterizedTest
  @MethodSource("roles")
  void theCommandIsOneOfTheProgramAndItsKeysAreKnown(Resource role, @TempDir Path state) {
    List<String> command = Tree.texts(role.container().path("args"));
    ParseResult parsed = Main.commandLine().parseArgs(command.toArray(String[]::new));
    assertThat("engram-" + parsed.subcommand().commandSpec().name()).isEqualTo(role.name());
    Settings settings = settings(role);
    StateDirectory directory = StateDirectory.open(state);
    assertThat(IngestSettings.read(settings, directory)).isNotNull();
    assertThat(LearnerSettings.read(settings, directory)).isNotNull();
    assertThat(RegistrySettings.read(settings, directory)).isNotNull();
    String name = parsed.subcommand().commandSpec().name();
    assertThat(settings.section("ops").integer(name + "-port")).isEqualTo(role.port("ops"));
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(role.container().path(probe).path("httpGet").path("port").asText())
          .as(probe)
          .isEqualTo("ops");
    }
  }

  @ParameterizedTest
  @MethodSource("roles")
  void aRoleIsTheOneThatComposeRuns(Resource role) {
    Service service = COMPOSE.service(role.name().replace("engram-", ""));
    assertThat(role.container().path("image").asText()).isEqualTo(service.image());
    assertThat(role.container().at("/resources/limits/memory").asText())
        .isEqualTo(service.memoryLimit().replace("g", "Gi"));
    List<Integer> ports =
        Stream.of("ops", "models").map(role::port).filter(it -> it > 0).sorted().toList();
    assertThat(ports)
        .containsExactlyElementsOf(
            service.ports().stream().map(Port::inContainer).sorted().toList());
    assertThat(role.tree().at("/spec/template/spec/terminationGracePeriodSeconds").asText() + "s")
        .isEqualTo(
            COMPOSE.tree().at("/services/" + service.name() + "/stop_grace_period").asText());
  }

  @ParameterizedTest
  @MethodSource("roles")
  void aRoleRunsAsTheImagesUserAndMayDoNothingElse(Resource role) {
    JsonNode pod = role.tree().at("/spec/template/spec");
    String user = Dockerfile.read().all("USER").findFirst().orElseThrow();
    assertThat(
            pod.at("/securityContext/runAsUser").asText()
                + ":"
                + pod.at("/securityContext/runAsGroup").asText())
        .isEqualTo(user);
    assertThat(pod.at("/securityContext/fsGroup").asText()).isEqualTo(user.split(":", 2)[1]);
    JsonNode security = role.container().path("securityContext");
    assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(Tree.texts(security.at("/capabilities/drop"))).containsExactly("ALL");
    assertThat(pod.path("enableServiceLinks").asBoolean(true))
        .as("ENGRAM_REGISTRY_PORT would be a key that nobody knows")
        .isFalse();
    String state = Dockerfile.read().environment().get("ENGRAM_STATE_DIR");
    assertThat(role.container().path("volumeMounts").findValuesAsText("mountPath"))
        .contains(state, "/tmp", "/etc/engram");
  }

  @Test
  void thoseWhoShareWorkAreNamedForTheirPod() {
    assertThat(
            roles().stream()
                .filter(it -> it.tree().at("/spec/replicas").asInt() > 1)
                .map(
                    it ->
                        it.environment().keySet().stream()
                            .filter(k -> k.endsWith("_INSTANCE_ID"))
                            .toList()))
        .containsExactlyInAnyOrder(
            List.of("ENGRAM_INGEST_INSTANCE_ID"), List.of("ENGRAM_PREDICT_INSTANCE_ID"));
  }

  @Test
  void theConfigurationIsThatOfCompose() {
    assertThat(withoutComments(KubernetesFiles.BASE + "/engram.conf"))
        .isEqualTo(withoutComments("deploy/engram.conf"));
  }

  private static List<String> withoutComments(String file) {
    return Repository.text(file).lines().filter(it -> !it.strip().startsWith("#")).toList();
  }

  private static Settings settings(Resource role) {
    return Settings.load(
        Layers.none()
            .withFile(Repository.path(KubernetesFiles.BASE + "/engram.conf"))
            .withEnvironment(role.environment()));
  }
}
