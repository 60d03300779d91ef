package io.engram.benchmarks.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MeanTest {

  @Test
  void theIntervalIsThatOfTheMean() {
    Mean mean = Mean.of(new double[] {1, 2, 3, 4}, 10);
    assertThat(mean.value()).isEqualTo(2.5);
    // The deviation of 1 … 4 is √(5/3).
    assertThat(mean.halfWidth()).isCloseTo(1.96 * Math.sqrt(5.0 / 3) / 2, within(1e-12));
    assertThat(mean.times(100).spread()).isEqualTo("± 126.52, 4 tasks");
  }

  @Test
  void whatDivergedIsCountedAndLeftOut() {
    Mean mean = Mean.of(new double[] {1, Double.NaN, 3, 11, Double.POSITIVE_INFINITY}, 10);
    assertThat(mean.value()).isEqualTo(2);
    assertThat(mean.spread()).endsWith("5 tasks, 3 diverged and left out");
  }
}
