package io.engram.benchmarks.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.compute.MetaRule;
import org.junit.jupiter.api.Test;

class NominalOperationsTest {

  @Test
  void countsTheProductsOfADenseNetwork() {
    double expected = 2 * (2 * 784 * 64 + 3 * 64 * 64 + 3 * 64 * 5);
    assertThat(NominalOperations.gradient(DeviceCase.MLP.spec())).isEqualTo(expected);
    assertThat(NominalOperations.task(DeviceCase.MLP, MetaRule.REPTILE))
        .isEqualTo(5 * 25 * expected);
    assertThat(NominalOperations.task(DeviceCase.MLP, MetaRule.FIRST_ORDER))
        .isEqualTo(6 * 25 * expected);
    assertThat(NominalOperations.task(DeviceCase.MLP, MetaRule.SECOND_ORDER))
        .isEqualTo(16 * 25 * expected);
  }

  @Test
  void countsTheProductsOfConvolutions() {
    double first = 14 * 14 * 64 * 9;
    double later = (7 * 7 + 4 * 4 + 2 * 2) * 64 * 64 * 9;
    assertThat(NominalOperations.gradient(DeviceCase.CONV4.spec()))
        .isEqualTo(2 * (2 * first + 3 * later + 3 * 256 * 5));
  }
}
