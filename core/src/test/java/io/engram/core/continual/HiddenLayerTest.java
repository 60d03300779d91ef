package io.engram.core.continual;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HiddenLayerTest {

  private static final NetworkSpec NETWORK =
      NetworkSpec.parse("input(3) dense(2) relu dense(4) relu dense(2) softmax");

  @Test
  void weightsLieUnitByUnitThenBiases() {
    assertThat(HiddenLayer.of(NETWORK.layout()))
        .isEqualTo(List.of(new HiddenLayer(3, 2, 0, 6, 8, 4), new HiddenLayer(2, 4, 8, 16, 20, 2)));
  }

  @Test
  void aUnitThatBeginsAnewHasAllItsWeightsReplacedAndNoOther() {
    float[] theta = new float[NETWORK.layout().length()];
    Arrays.fill(theta, 9f);
    HiddenLayer.of(NETWORK.layout()).get(1).renew(theta, 2, new RandomStream(1));
    double limit = Math.sqrt(6.0 / (2 + 4));
    for (int i = 0; i < theta.length; i++) {
      boolean incoming = i == 12 || i == 13;
      boolean zero = i == 18 || i == 22 || i == 26;
      if (incoming) {
        assertThat((double) Math.abs(theta[i])).isPositive().isLessThanOrEqualTo(limit);
      } else {
        assertThat(theta[i]).as("θ[%d]", i).isEqualTo(zero ? 0f : 9f);
      }
    }
    assertThat(theta[12]).isNotEqualTo(theta[13]);
  }

  @Test
  void aNetworkOfOneLayerHasNone() {
    assertThat(HiddenLayer.of(NetworkSpec.parse("input(3) dense(2) softmax").layout())).isEmpty();
  }
}
