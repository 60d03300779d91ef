package io.engram.benchmarks.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.benchmarks.learning.MetaRun;
import io.engram.core.task.Episode;
import java.util.List;
import org.junit.jupiter.api.Test;

class AheadOfTimeTest {

  private final NoiseTasks noise = new NoiseTasks(DeviceCase.MLP, 1);

  @Test
  void givesWhatWouldHaveBeenDrawnThenAlsoAfterAJump() {
    try (AheadOfTime ahead = new AheadOfTime(noise::batch, 3, 4)) {
      for (long step : new long[] {0, 1, 2, 3, 17, 18, 19}) {
        assertThat(inputs(ahead, step)).isEqualTo(inputs(noise::batch, step));
      }
    }
  }

  @Test
  void aDrawThatFailsFailsTheStepThatWantsIt() {
    MetaRun.Tasks failing =
        step -> {
          if (step == 2) {
            throw new IllegalStateException("torn");
          }
          return noise.batch(step);
        };
    try (AheadOfTime ahead = new AheadOfTime(failing, 2, 4)) {
      assertThat(ahead.batch(0)).hasSize(1);
      assertThat(ahead.batch(1)).hasSize(1);
      assertThatThrownBy(() -> ahead.batch(2))
          .hasMessageContaining("2")
          .hasRootCauseMessage("torn");
    }
  }

  private static float[] inputs(MetaRun.Tasks tasks, long step) {
    List<Episode> episodes = tasks.batch(step);
    return episodes.get(0).support().inputs();
  }
}
