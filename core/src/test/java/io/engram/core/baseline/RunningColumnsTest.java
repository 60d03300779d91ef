package io.engram.core.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RunningColumnsTest {

  @Test
  void missingCellsAreLeftOut() {
    RunningColumns columns = new RunningColumns(2);
    assertThat(columns.empty()).isTrue();
    columns.add(new float[] {1, Float.NaN, 3, 10});
    columns.add(new float[] {5, 20});
    assertThat(columns.empty()).isFalse();
    assertThat(columns.standardised(0, 3)).isZero();
    assertThat(columns.standardised(0, 5)).isCloseTo(2 / Math.sqrt(8 / 3.0), within(1e-12));
    assertThat(columns.standardised(1, 20)).isCloseTo(1, within(1e-12));
    assertThat(columns.standardised(1, Float.NaN)).isNaN();
  }

  @Test
  void farValuesAreHeldAtFiveDeviationsAndConstantColumnsAtZero() {
    RunningColumns columns = new RunningColumns(2);
    columns.add(new float[] {0, 7, 1, 7});
    assertThat(columns.standardised(0, 1e9f)).isEqualTo(5);
    assertThat(columns.standardised(0, -1e9f)).isEqualTo(-5);
    assertThat(columns.standardised(1, 8)).isZero();
  }
}
