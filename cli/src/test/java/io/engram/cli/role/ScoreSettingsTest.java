package io.engram.cli.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.cli.config.InvalidSettings;
import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.state.StateDirectory;
import io.engram.model.Measure;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreSettingsTest {

  private static final String CLASSES = "learner.network=input(4) dense(3) softmax";
  private static final String NUMBERS = "learner.network=input(4) dense(1) mse";

  @TempDir private Path directory;

  @Test
  void whatVersionsAreJudgedByIsChosenAmongWhatFitsTheNetwork() {
    assertThat(score(CLASSES, "auto")).isEmpty();
    assertThat(score(CLASSES, "balanced-accuracy")).contains(Measure.BALANCED_ACCURACY);
    assertThat(score(NUMBERS, "mae")).contains(Measure.ABSOLUTE_ERROR);
    assertThatThrownBy(() -> score(NUMBERS, "log-loss"))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("score must be one of mse, mae for what this network predicts");
    assertThatThrownBy(() -> score(CLASSES, "f1"))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("learner.score")
        .hasMessageContaining("auto | accuracy | mse | balanced-accuracy | auc | log-loss | mae");
  }

  private Optional<Measure> score(String network, String score) {
    Settings settings =
        Settings.load(
            Layers.none().withAssignment(network).withAssignment("learner.score=" + score));
    StateDirectory state = StateDirectory.open(directory.resolve(score));
    return LearnerSettings.read(settings, state).wishes().score();
  }
}
