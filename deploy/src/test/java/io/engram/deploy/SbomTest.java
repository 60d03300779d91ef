package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.deploy.KnownVulnerable.Component;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The list of materials of what the command ships, in CycloneDX, against the list of known vulnerabilities. */
class SbomTest {

  @Test
  void nothingThatIsShippedIsKnownToBeVulnerable() throws IOException {
    List<KnownVulnerable> known = KnownVulnerable.read(Repository.path(".ci/known-vulnerable"));
    assertThat(known).hasSizeGreaterThan(20);

    List<String> found = new ArrayList<>();
    for (Component component : components(bom())) {
      known.stream()
          .filter(it -> it.concerns(component))
          .forEach(it -> found.add(component + ": " + it.why()));
    }

    assertThat(found).isEmpty();
  }

  @Test
  void theListOfMaterialsIsWhole() throws IOException {
    JsonNode bom = bom();
    assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(bom.at("/metadata/component/name").asText()).isEqualTo("engram-cli");

    List<Component> components = components(bom);
    assertThat(components)
        .extracting(Component::name)
        .contains(
            "engram-learner",
            "kafka-clients",
            "kafka_2.13",
            "kafka-streams",
            "lz4-java",
            "rocksdbjni",
            "avro",
            "jackson-databind",
            "jetty-server",
            "logback-classic")
        .doesNotContain("log4j-core", "junit-jupiter", "assertj-core", "testcontainers");
    assertThat(components).allMatch(it -> !it.version().isEmpty());
    assertThat(bom.path("components").findValues("purl"))
        .hasSizeGreaterThanOrEqualTo(components.size());
    assertThat(components)
        .filteredOn(it -> it.group().equals("org.apache.kafka"))
        .extracting(Component::version)
        .containsOnly(Pom.value(Pom.of("."), "/project/properties/kafka.version"));
  }

  @Test
  void versionsAreComparedByTheirNumbers() {
    KnownVulnerable lz4 = KnownVulnerable.parse("at.yawk.lz4:lz4-java  1.11.4  why it is");
    assertThat(lz4.concerns(new Component("at.yawk.lz4", "lz4-java", "1.11.2"))).isTrue();
    assertThat(lz4.concerns(new Component("at.yawk.lz4", "lz4-java", "1.9"))).isTrue();
    assertThat(lz4.concerns(new Component("at.yawk.lz4", "lz4-java", "1.11.4"))).isFalse();
    assertThat(lz4.concerns(new Component("at.yawk.lz4", "lz4-java", "1.12.0"))).isFalse();
    assertThat(lz4.concerns(new Component("org.lz4", "lz4-java", "1.0"))).isFalse();
    KnownVulnerable kafka = KnownVulnerable.parse("org.apache.kafka:* 4.4.0 x");
    assertThat(kafka.concerns(new Component("org.apache.kafka", "kafka_2.13", "4.3.1"))).isTrue();
    KnownVulnerable gone = KnownVulnerable.parse("org.lz4:lz4-java none x");
    assertThat(gone.concerns(new Component("org.lz4", "lz4-java", "99"))).isTrue();
  }

  private static JsonNode bom() throws IOException {
    Path file = Repository.path("cli/target/engram-sbom.json");
    assertThat(file).as("built by the module cli").exists();
    return new ObjectMapper().readTree(file.toFile());
  }

  private static List<Component> components(JsonNode bom) {
    List<Component> components = new ArrayList<>();
    for (JsonNode it : bom.path("components")) {
      components.add(
          new Component(
              it.path("group").asText(), it.path("name").asText(), it.path("version").asText()));
    }
    assertThat(components).hasSizeGreaterThan(50);
    return components;
  }
}
