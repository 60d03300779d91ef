package io.engram.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.servicekit.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {

  private final Path directory;

  SettingsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void laterLayersWinAndEveryValueKnowsWhereItCameFrom() throws IOException {
    Path file = file("engram { seed = 1\n source { ways = 1\n shots = 1\n queries = 1 } }");
    Layers layers = Layers.none().withPreset("omniglot").withFile(file);
    assertThat(entry(layers, "seed")).isEqualTo("1 from " + file + ":1");
    assertThat(entry(layers, "source.ways")).isEqualTo("1 from " + file + ":2");
    assertThat(entry(Layers.none(), "source.ways")).isEqualTo("5 from default");
    assertThat(entry(Layers.none().withPreset("omniglot"), "source.shots"))
        .isEqualTo("1 from preset omniglot");

    Layers environment = layers.withEnvironment(Map.of("ENGRAM_SOURCE_WAYS", "2", "HOME", "/"));
    assertThat(entry(environment, "source.ways"))
        .isEqualTo("2 from environment variable ENGRAM_SOURCE_WAYS");

    Layers set = environment.withAssignment("source.ways=3");
    assertThat(entry(set, "source.ways")).isEqualTo("3 from --set source.ways");

    Layers option = set.withOption("source.ways", "--ways", "4");
    assertThat(entry(option, "source.ways")).isEqualTo("4 from --ways");
    assertThat(Settings.load(option).section("source").integer("ways")).isEqualTo(4);
  }

  @Test
  void anUnknownKeyOfTheFileStopsTheStartAndSuggestsTheNearest() throws IOException {
    Path file = file("engram {\n  source {\n    shost = 3\n  }\n}");
    assertThatThrownBy(() -> Settings.load(Layers.none().withFile(file)))
        .isInstanceOf(InvalidSettings.class)
        .hasMessage("unknown key 'source.shost' (%s:3); did you mean 'source.shots'?", file);
  }

  @Test
  void aKeyWithoutItsSectionIsRecognised() {
    assertThatThrownBy(() -> Settings.load(Layers.none().withAssignment("drift-period=3")))
        .hasMessage(
            "unknown key 'drift-period' (--set drift-period); did you mean 'source.sinusoid.drift-period'?");
  }

  @Test
  void anUnknownVariableStopsTheStartAndSuggestsTheNearest() {
    Layers layers = Layers.none().withEnvironment(Map.of("ENGRAM_SOURCE_WAY", "3"));
    assertThatThrownBy(() -> Settings.load(layers))
        .hasMessage(
            "unknown environment variable ENGRAM_SOURCE_WAY; did you mean ENGRAM_SOURCE_WAYS?");
  }

  @Test
  void keysOutsideOfTheRootAreRefused() throws IOException {
    Path file = file("seed = 3");
    assertThatThrownBy(() -> Settings.load(Layers.none().withFile(file)))
        .hasMessageContaining("'seed' stands outside of 'engram { … }'");
  }

  @Test
  void aFileThatIsNotHoconGivesOneLineWithItsPlace() throws IOException {
    Path file = file("engram {\n seed = {\n");
    assertThatThrownBy(() -> Settings.load(Layers.none().withFile(file)))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("\n");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> Settings.load(Layers.none().withFile(directory.resolve("none.conf"))))
        .hasMessageContaining("none.conf cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=3", "seed", ""})
  void anAssignmentWithoutKeyOrValueIsRefused(String assignment) {
    assertThatThrownBy(() -> Settings.load(Layers.none().withAssignment(assignment)))
        .hasMessageContaining("--set takes key=value");
  }

  @Test
  void kafkaPropertiesPassThrough() {
    Settings settings =
        Settings.load(
            Layers.none()
                .withEnvironment(Map.of("ENGRAM_KAFKA_SECURITY_PROTOCOL", "SSL"))
                .withAssignment("kafka.ssl.truststore.location=/x")
                .withAssignment("engram.kafka.client.id=y"));
    assertThat(settings.kafka())
        .isEqualTo(
            Map.of("security.protocol", "SSL", "ssl.truststore.location", "/x", "client.id", "y"));
  }

  @Test
  void whatIsSecretIsHandedOnAndShownNowhere() throws IOException {
    Settings settings =
        Settings.load(
            Layers.none()
                .withFile(
                    file(
                        "engram.kafka { sasl.mechanism = PLAIN, ssl.keystore.password = hunter2 }"))
                .withEnvironment(Map.of("ENGRAM_KAFKA_SSL_KEY_PASSWORD", "hunter2"))
                .withAssignment(
                    "kafka.sasl.jaas.config=org.x.PlainLoginModule required password=\"hunter2\";"));

    assertThat(settings.entries().toString()).doesNotContain("hunter2").contains("PLAIN", "***");
    assertThat(settings.kafka().toString()).doesNotContain("hunter2").contains("PLAIN");
    assertThat(settings.kafka().get("ssl.key.password")).isEqualTo(Secret.of("hunter2"));
  }

  @Test
  void whatIsSecretIsNotInComplaintsEither() throws IOException {
    for (Layers layers :
        List.of(
            Layers.none().withAssignment("kafka.ssl.key.password:hunter2"),
            Layers.none().withFile(file("engram { kafka.ssl.key.password = \"hunter2\" \"x }")),
            Layers.none().withFile(file("engram { kafka.ssl.key.password = \"hunter2\" = }")),
            Layers.none().withAssignment("learner.token=hunter2"))) {
      assertThatThrownBy(() -> Settings.load(layers))
          .isInstanceOf(InvalidSettings.class)
          .hasMessageNotContaining("hunter2");
    }
  }

  @Test
  void aValueOfTheWrongTypeIsReportedWithKeyOriginAndExpectation() {
    Section source =
        Settings.load(Layers.none().withAssignment("source.ways=many")).section("source");
    assertThatThrownBy(() -> source.integer("ways"))
        .isInstanceOf(InvalidSettings.class)
        .hasMessage("source.ways (--set source.ways): found 'many', expected a whole number");
  }

  @Test
  void wordsMayStandInsteadOfNumbers() {
    assertThat(Settings.load(Layers.none()).section("source").wideOr("tasks", "unlimited"))
        .isEmpty();
    assertThat(
            Settings.load(Layers.none().withAssignment("source.tasks=12"))
                .section("source")
                .wideOr("tasks", "unlimited"))
        .isEqualTo(OptionalLong.of(12));
  }

  @Test
  void aRecordsOwnRefusalNamesTheKeysOrigin() {
    Section source = Settings.load(Layers.none().withAssignment("source.ways=1")).section("source");
    assertThatThrownBy(
            () ->
                source.build(
                    () -> {
                      throw new IllegalArgumentException("ways must be at least 2, found 1");
                    }))
        .hasMessage("source.ways (--set source.ways): ways must be at least 2, found 1");
  }

  @Test
  void aNameThatIsNotThereSaysWhichAreAndWhichWasMeantOrWhereItIs() {
    Section learner =
        Settings.load(Layers.none().withAssignment("learner.engine=fusd")).section("learner");
    List<String> names = List.of("auto", "fused");
    assertThatThrownBy(() -> learner.name("engine", names, name -> Optional.empty()))
        .isInstanceOf(InvalidSettings.class)
        .hasMessage(
            "learner.engine (--set learner.engine): found 'fusd', expected one of auto, fused; did you mean 'fused'?");
    assertThatThrownBy(
            () -> learner.name("engine", names, name -> Optional.of(name + " is in a drawer")))
        .hasMessageEndingWith("expected one of auto, fused; fusd is in a drawer");
    assertThat(learner.name("engine", List.of("fusd"), name -> Optional.empty())).isEqualTo("fusd");
  }

  @Test
  void everyPresetHoldsKnownKeysOnly() {
    for (String preset : new String[] {"sinusoid", "omniglot", "csv"}) {
      assertThat(Settings.load(Layers.none().withPreset(preset)).section("source").text("kind"))
          .isEqualTo(preset);
    }
  }

  @Test
  void everyKeyOfTheReferenceIsExplained() {
    String[] lines = Settings.referenceText().split("\n", -1);
    for (int i = 1; i < lines.length; i++) {
      if (lines[i].strip().matches("[a-z-]+ = .*")) {
        assertThat(explainedAbove(lines, i)).as(lines[i]).isTrue();
      }
    }
  }

  /** A comment, or a neighbour that one comment explains together with it. */
  private static boolean explainedAbove(String[] lines, int i) {
    String above = lines[i - 1].strip();
    return above.startsWith("#") || (above.matches("[a-z-]+ = .*") && explainedAbove(lines, i - 1));
  }

  private static String entry(Layers layers, String key) {
    return Settings.load(layers).entries().stream()
        .filter(entry -> entry.key().equals(key))
        .map(entry -> entry.value() + " from " + entry.origin())
        .findFirst()
        .orElseThrow();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("engram.conf"), text);
  }
}
