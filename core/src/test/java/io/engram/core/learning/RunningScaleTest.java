package io.engram.core.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RunningScaleTest {

  @Test
  void meanAndDeviationAreThoseOfAllRowsSoFar() {
    RunningScale scale = new RunningScale(2);
    scale.add(new float[] {1, 100, 2, 100, 3, 100});
    scale.add(new float[] {6, 100});
    assertThat(scale.count()).isEqualTo(4);
    assertThat(scale.mean()[0]).isCloseTo(3, within(1e-12));
    assertThat((double) scale.deviation()[0]).isCloseTo(Math.sqrt(14.0 / 4), within(1e-6));
    assertThat(scale.deviation()[1]).as("a column that never varied").isEqualTo(1f);
  }

  @Test
  void aFrozenScaleStandardisesAndIsNotMovedByLaterRows() {
    RunningScale scale = new RunningScale(1);
    scale.add(new float[] {-1, 1});
    Scale frozen = scale.freezeForInputs();
    scale.add(new float[] {500});
    float[] out = new float[1];
    frozen.row(new float[] {3}, 0, out, 0);
    assertThat(out[0]).isEqualTo(3f);
  }

  @Test
  void farInputsAreCutAndFarTargetsAreNot() {
    RunningScale scale = new RunningScale(2);
    scale.add(new float[] {-1, 7, 1, 7});
    float[] rows = {500, 7, -500, 7 + 3000};
    float[] inputs = new float[4];
    float[] targets = new float[4];
    for (int at = 0; at < rows.length; at += 2) {
      scale.freezeForInputs().row(rows, at, inputs, at);
      scale.freezeForTargets().row(rows, at, targets, at);
    }
    assertThat(inputs).containsExactly(10, 0, -10, 10);
    assertThat(targets).containsExactly(500, 0, -500, 3000);
  }

  @Test
  void aCopyGoesItsOwnWay() {
    RunningScale scale = new RunningScale(1);
    scale.add(new float[] {1});
    RunningScale copy = scale.copy();
    copy.add(new float[] {9});
    assertThat(scale.count()).isEqualTo(1);
    assertThat(scale.mean()[0]).isEqualTo(1);
  }
}
