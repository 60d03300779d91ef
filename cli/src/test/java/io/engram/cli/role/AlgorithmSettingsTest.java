package io.engram.cli.role;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.SourceSettings.Opened;
import io.engram.core.compute.episode.HeadFit;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerOptimizer.ClosedForm;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.learning.TaskSettings;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.Schedule;
import io.engram.core.testing.TestData;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An algorithm chosen with one option must come with an inner loop that it can run and learn with. */
class AlgorithmSettingsTest {

  @ParameterizedTest
  @ValueSource(strings = {"reptile", "fomaml", "maml", "anil", "meta-sgd"})
  void wavesAreLearnedByAnyAlgorithm(String algorithm) {
    TaskSettings learner = learner(waves().withAssignment("learner.algorithm=" + algorithm));
    assertThat(learner.meta().inner().steps()).isEqualTo(5);
    assertThat(learner.meta().learned())
        .isEqualTo(
            switch (algorithm) {
              case "maml" -> InnerSteps.PER_TENSOR_PER_STEP;
              case "meta-sgd" -> InnerSteps.PER_PARAMETER;
              default -> InnerSteps.FIXED;
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"reptile", "fomaml", "maml", "anil", "meta-sgd"})
  void charactersAreLearnedByAnyAlgorithm(String algorithm) {
    TaskSettings learner = learner(characters().withAssignment("learner.algorithm=" + algorithm));
    assertThat(learner.meta().inner().steps()).isEqualTo(algorithm.equals("maml") ? 1 : 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"prototypes", "cosine-prototypes", "ridge"})
  void charactersAreLearnedByComparing(String algorithm) {
    TaskSettings learner = learner(characters().withAssignment("learner.algorithm=" + algorithm));
    assertThat(learner.meta().inner().optimizer()).isInstanceOf(ClosedForm.class);
    assertThat(learner.meta().learned()).isEqualTo(InnerSteps.FIXED);
    assertThat(learner.meta().rule()).isEqualTo(MetaRule.SECOND_ORDER);
    assertThat(learner.meta().outer())
        .isEqualTo(OuterOptimizer.Adam.standard(new Schedule.Constant(0.002)));
  }

  @Test
  void wavesAreLearnedByRidge() {
    TaskSettings learner = learner(waves().withAssignment("learner.algorithm=ridge"));
    assertThat(learner.meta().inner()).isEqualTo(InnerLoop.closedForm(new HeadFit.Ridge(1f, 10f)));
  }

  @Test
  void whatIsSaidExplicitlyWins() {
    TaskSettings learner = learner(characters().withAssignment("learner.inner-steps=2"));
    assertThat(learner.meta().inner().steps()).isEqualTo(2);
  }

  private static Layers waves() {
    return Layers.none().withPreset("sinusoid");
  }

  private static Layers characters() {
    return Layers.none()
        .withPreset("omniglot")
        .withAssignment("source.omniglot.data=" + TestData.require("omniglot").toAbsolutePath());
  }

  private static TaskSettings learner(Layers layers) {
    Opened opened =
        SourceSettings.open(Settings.load(layers), InputStream.nullInputStream(), line -> {});
    opened.source().close();
    return LearnerSettings.ofTasks(Settings.load(layers.withDerived(opened.derived())));
  }
}
