package io.engram.cli.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.cli.config.InvalidSettings;
import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.core.learning.HoldOut;
import io.engram.core.learning.StreamSettings;
import io.engram.core.learning.TableSettings;
import io.engram.core.learning.TaskSettings;
import org.junit.jupiter.api.Test;

class HeldOutSettingsTest {

  private static final String NETWORK = "learner.network=input(4) dense(3) softmax";
  private static final String ONE_LAYER = "learner.network=input(3) dense(1) mse";

  @Test
  void tasksAreHeldOutOfTablesAndOfNothingElseUnlessItIsSaid() {
    assertThat(tasks("sinusoid")).isEqualTo(HoldOut.NONE);
    assertThat(tasks("omniglot")).isEqualTo(HoldOut.NONE);
    assertThat(tasks("csv")).isEqualTo(new HoldOut(0.02, 64));
    assertThat(tasks("csv", "learner.held-out.share=0")).isEqualTo(HoldOut.NONE);
    assertThat(tasks("sinusoid", "learner.held-out.share=0.1", "learner.held-out.tasks=9"))
        .isEqualTo(new HoldOut(0.1, 9));
    assertThatThrownBy(() -> tasks("csv", "learner.held-out.tasks=0"))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("learner.held-out.tasks")
        .hasMessageContaining("at least 1");
  }

  private static HoldOut tasks(String preset, String... assignments) {
    boolean table = preset.equals("csv");
    Layers layers = Layers.none().withPreset(preset).withAssignment(table ? ONE_LAYER : NETWORK);
    for (String assignment : assignments) {
      layers = layers.withAssignment(assignment);
    }
    return LearnerSettings.lifelong(Settings.load(layers))
        .either(TaskSettings::holdOut, StreamSettings::holdOut, TableSettings::holdOut);
  }
}
