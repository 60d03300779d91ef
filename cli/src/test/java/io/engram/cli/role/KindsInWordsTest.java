package io.engram.cli.role;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.engram.cli.Main;
import io.engram.cli.config.InvalidSettings;
import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.source.SourceKind;
import io.engram.cli.source.SourceKinds;
import io.engram.core.continual.ContinualKind;
import io.engram.core.continual.ContinualKinds;
import io.engram.core.kind.Kind;
import io.engram.core.memory.MemoryPolicies;
import io.engram.core.memory.ReplayDraw;
import io.engram.core.memory.Retention;
import io.engram.core.testing.DrawEarly;
import io.engram.core.testing.MistakesOnly;
import io.engram.engine.Engines;
import io.engram.ingest.format.ExampleFormats;
import io.engram.learner.MetaConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Whatever is chosen by its name is named where people look for it: in the reference file and in the help. */
class KindsInWordsTest {

  private static final String REFERENCE = Settings.referenceText();

  @Test
  void theReferenceFileNamesAllThatAKeyMayBe() {
    assertThat(explanation("algorithm =")).contains(MetaConfig.ALGORITHMS);
    assertThat(explanation("engine =")).contains(Engines.names());
    assertThat(explanation("format =")).contains(ExampleFormats.names());
    assertThat(explanation("retention = reservoir"))
        .contains(
            Arrays.stream(Retention.values())
                .map(it -> it.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList());
    assertThat(explanation("replay-draw ="))
        .contains(
            MemoryPolicies.draws().stream()
                .map(Kind::name)
                .filter(name -> !List.of("early", "large").contains(name))
                .toList());
    assertThat(explanation("kind =")).contains(SourceKinds.names());
  }

  @Test
  void theHelpNamesThemToo() {
    CommandLine run = requireNonNull(Main.commandLine().getSubcommands().get("run"));
    String help = run.getUsageMessage().replaceAll("\\s+", " ");
    assertThat(help)
        .contains(SourceKinds.names())
        .contains(MetaConfig.ALGORITHMS)
        .contains(ContinualKinds.all().stream().map(ContinualKind::name).toList())
        .contains(Engines.names());
  }

  @Test
  void theGuideForOperatorsNamesEnginesAndContinualLearners() throws IOException {
    String guide = Files.readString(Path.of("../docs/operations.md"));
    assertThat(guide).contains(Engines.names().stream().map("| `%s`"::formatted).toList());
    assertThat(guide)
        .contains(
            ContinualKinds.all().stream()
                .filter(kind -> !(kind instanceof MistakesOnly.Kind))
                .map(kind -> "`%s`".formatted(kind.name()))
                .toList());
  }

  @Test
  void theReferenceTextHoldsEachKeyOfEachKindOnceAndWithItsDefault() {
    Config reference = ConfigFactory.parseString(REFERENCE).getConfig("engram");
    for (SourceKind kind : SourceKinds.all()) {
      kind.keys()
          .forEach(
              key -> {
                assertThat(key.meaning()).as(key.name()).isNotBlank();
                assertThat(
                        reference
                            .getAnyRef("source.%s.%s".formatted(kind.name(), key.name()))
                            .toString())
                    .isEqualTo(key.fallback().toString());
              });
    }
    assertThat(reference.getLong("learner.half-life"))
        .isEqualTo(new ReplayDraw.RecencyWeighted.Kind().key("half-life").fallback());
    assertThat(reference.getInt("learner.neighbours"))
        .isEqualTo(new ReplayDraw.SimilarToTask.Kind().key("neighbours").fallback());
    assertThat(reference.getInt("learner.early.times")).as("of a draw that was added").isEqualTo(3);
    assertThat(REFERENCE).doesNotContain("@");
  }

  @Test
  void whatIsPrintedAsTheReferenceIsWhatIsInForce() {
    Config reference = ConfigFactory.parseString(REFERENCE).getConfig("engram");
    assertThat(Settings.load(Layers.none()).entries())
        .allSatisfy(entry -> assertThat(reference.hasPath(entry.key())).as(entry.key()).isTrue());
  }

  @Test
  void aDrawWithSettingsIsConfiguredInItsOwnSection() {
    Layers early =
        Layers.none()
            .withPreset("sinusoid")
            .withAssignment("learner.network=input(1) dense(4) relu dense(1) mse")
            .withAssignment("learner.replay-draw=early");
    assertThat(draw(early)).isEqualTo(new DrawEarly(3));
    assertThat(draw(early.withAssignment("learner.early.times=5"))).isEqualTo(new DrawEarly(5));
    assertThatThrownBy(() -> draw(early.withAssignment("learner.early.times=1")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessage(
            "learner.early.times (--set learner.early.times): found '1', expected at least 2");
    assertThatThrownBy(
            () ->
                draw(
                    early
                        .withAssignment("learner.replay-draw=recency-weighted")
                        .withAssignment("learner.half-life=0")))
        .hasMessage(
            "learner.half-life (--set learner.half-life): half-life must be at least 1 task, found 0");
    assertThatThrownBy(() -> draw(early.withAssignment("learner.replay-draw=similr")))
        .hasMessageEndingWith("uniform; did you mean 'similar'?");
  }

  private static ReplayDraw draw(Layers layers) {
    return LearnerSettings.ofTasks(Settings.load(layers)).memory().draw();
  }

  /** The comment above a key that is set there for the first time. */
  private static String explanation(String key) {
    List<String> lines = REFERENCE.lines().map(String::strip).toList();
    int at =
        lines.indexOf(lines.stream().filter(it -> it.startsWith(key)).findFirst().orElseThrow());
    int first = at;
    while (first > 0 && lines.get(first - 1).startsWith("#")) {
      first--;
    }
    return String.join(" ", Stream.of(lines.subList(first, at)).flatMap(List::stream).toList());
  }
}
