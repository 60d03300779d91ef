package io.engram.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.meta.Annealing;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.Schedule;
import org.junit.jupiter.api.Test;

class MetaConfigTest {

  @Test
  void mamlPlusPlusIsAnnealedAsConfigured() {
    MetaSettings settings = config("maml", "cosine", 1000, 50).toSettings();
    assertThat(settings.annealing()).isEqualTo(new Annealing(1000, 50));
    assertThat(settings.outer())
        .isEqualTo(OuterOptimizer.Adam.standard(new Schedule.Cosine(0.001, 0.0001, 500)));
  }

  @Test
  void nothingIsAnnealedUnasked() {
    assertThat(MetaConfig.fomaml().toSettings().annealing()).isEqualTo(Annealing.NONE);
  }

  @Test
  void whatTheAlgorithmCannotAnnealIsNamed() {
    assertThatThrownBy(() -> config("reptile", "linear", 10, 0))
        .hasMessageContaining("multi-step-loss must be 0 with reptile");
    assertThatThrownBy(() -> config("fomaml", "linear", 0, 10))
        .hasMessageContaining("first-order-steps must be 0 with fomaml");
    assertThatThrownBy(() -> config("maml", "square", 0, 0))
        .hasMessageContaining("meta-step-shape must be one of linear, cosine");
  }

  private static MetaConfig config(
      String algorithm, String shape, long multiStepLoss, long firstOrderSteps) {
    return new MetaConfig(
        algorithm,
        new InnerConfig(3, 0.1, "sgd", 0, "none", 0.0025),
        new OuterConfig("adam", 0.001, 0.0001, 500, shape, 0),
        multiStepLoss,
        firstOrderSteps);
  }
}
