package io.engram.cli.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.engram.cli.config.InvalidSettings;
import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.core.continual.ContinualKind;
import io.engram.core.continual.ContinualKinds;
import io.engram.core.kind.Key;
import io.engram.core.learning.StreamSettings;
import io.engram.core.testing.MistakesOnly;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a continual learner says of itself is what the reference file explains of ours, and enough for one that it does not know. */
class ContinualKindsTest {

  private static final Layers LAYERS =
      Layers.none()
          .withPreset("csv")
          .withAssignment("learner.network=input(4) dense(8) relu dense(3) softmax");

  static Stream<ContinualKind> ours() {
    return ContinualKinds.all().stream().filter(kind -> !(kind instanceof MistakesOnly.Kind));
  }

  @ParameterizedTest
  @MethodSource("ours")
  void theReferenceFileExplainsEachKeyWithItsDefault(ContinualKind kind) {
    Config reference = ConfigFactory.parseString(Settings.referenceText());
    Map<String, Double> explained =
        reference.getConfig("engram.learner." + kind.name()).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> number(it.getValue().unwrapped())));
    assertThat(
            kind.keys().stream().collect(Collectors.toMap(Key::name, it -> number(it.fallback()))))
        .isEqualTo(explained);
    String text = Settings.referenceText();
    assertThat(text.substring(0, text.indexOf("algorithm = ")))
        .as("listed where the algorithm is chosen")
        .containsPattern("[|:,] (\\R *# )?" + kind.name() + "\\b");
  }

  private static double number(Object value) {
    return value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).doubleValue();
  }

  @ParameterizedTest
  @MethodSource("ours")
  void whatIsConfiguredWithoutAWordIsTheKindsDefault(ContinualKind kind) {
    assertThat(read(LAYERS.withAssignment("learner.algorithm=" + kind.name())).learner())
        .isEqualTo(kind.defaults());
    assertThat(kind.defaults().name()).isEqualTo(kind.name());
  }

  @Test
  void oneThatTheReferenceFileDoesNotKnowIsConfiguredLikeOurs() {
    Layers added = LAYERS.withAssignment("learner.algorithm=mistakes-only");
    assertThat(read(added).learner()).isEqualTo(new MistakesOnly.Settings(4, 0.5f));
    assertThat(read(added.withAssignment("learner.mistakes-only.step=0.25")).learner())
        .isEqualTo(new MistakesOnly.Settings(4, 0.25f));
    assertThatThrownBy(() -> read(added.withAssignment("learner.mistakes-only.step=0")))
        .isInstanceOf(InvalidSettings.class)
        .hasMessage(
            "learner.mistakes-only.step (--set learner.mistakes-only.step): found '0', expected more than 0");
    assertThatThrownBy(() -> read(added.withAssignment("learner.mistakes-only.stp=1")))
        .hasMessageContaining("did you mean 'learner.mistakes-only.step'?");
    assertThatThrownBy(() -> read(LAYERS.withAssignment("learner.algorithm=mistake")))
        .hasMessageContaining("meta-sgd, mistakes-only, online-sgd");
  }

  private static StreamSettings read(Layers layers) {
    Settings settings = Settings.load(layers);
    return settings
        .section("learner")
        .build(() -> (StreamSettings) LearnerSettings.lifelong(settings));
  }
}
