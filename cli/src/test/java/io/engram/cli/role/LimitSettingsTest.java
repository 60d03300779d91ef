package io.engram.cli.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.cli.config.InvalidSettings;
import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.core.guard.Limits;
import org.junit.jupiter.api.Test;

class LimitSettingsTest {

  private static final long GIB = 1L << 30;
  private static final long MIB = 1L << 20;

  @Test
  void whatTheReferenceSaysIsUsual() {
    Limits limits = limits();
    assertThat(new Limits(limits.labels(), limits.share(), limits.step(), 0))
        .isEqualTo(Limits.USUAL);
    assertThat(limits.bytes()).isGreaterThanOrEqualTo(MIB);
  }

  @Test
  void theLargestTaskFollowsFromTheHeap() {
    assertThat(LimitSettings.fitting(GIB, 1)).isEqualTo(MIB);
    assertThat(LimitSettings.fitting(4 * GIB, 8)).isEqualTo(4 * MIB);
    assertThat(LimitSettings.fitting(4 * GIB, 784)).isEqualTo(16 * MIB);
    assertThat(LimitSettings.fitting(GIB / 8, 1)).as("a megabyte always").isEqualTo(MIB);
  }

  @Test
  void limitsAreTakenFromTheirSection() {
    assertThat(
            limits(
                "learner.limits.labels=0",
                "learner.limits.share=1",
                "learner.limits.step=0",
                "learner.limits.task-bytes=0"))
        .isEqualTo(Limits.NONE);
    assertThatThrownBy(() -> limits("learner.limits.share=0"))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("share must be above 0");
  }

  private static Limits limits(String... assignments) {
    Layers layers =
        Layers.none().withAssignment("learner.network=input(1) dense(8) relu dense(1) mse");
    for (String assignment : assignments) {
      layers = layers.withAssignment(assignment);
    }
    return LearnerSettings.lifelong(Settings.load(layers)).basics().limits();
  }
}
