package io.engram.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.network.ParameterTensor.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkSpecTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "input(784) dense(64) relu dense(5) softmax",
        "input(1) dense(40) tanh dense(1) mse",
        "input(1,28,28) conv(64,3,stride=2,same) batchnorm relu flatten dense(5) softmax",
        "input(3,32,32) conv(8,5,stride=1,valid) layernorm(0.001) leakyrelu maxpool(2,stride=2)"
            + " avgpool(2,stride=1) flatten identity dense(10) softmax"
      })
  void textFormIsCanonical(String text) {
    NetworkSpec network = NetworkSpec.parse(text);
    assertThat(network).hasToString(text);
    assertThat(NetworkSpec.parse(network.toString())).isEqualTo(network);
  }

  @Test
  void conv4HalvesTheImageFourTimes() {
    NetworkSpec conv4 = NetworkPresets.conv4(new Shape.Image(1, 28, 28), 64, 5);
    assertThat(conv4.shapes())
        .filteredOn(Shape.Image.class::isInstance)
        .extracting(Shape::toString)
        .contains("[64,14,14]", "[64,7,7]", "[64,4,4]", "[64,2,2]");
    assertThat(conv4.outputs()).isEqualTo(5);
  }

  @Test
  void layoutHasNoGapsAndCountsEveryParameter() {
    ParameterLayout layout =
        NetworkSpec.parse("input(1,4,4) conv(2,3,stride=1,same) batchnorm flatten dense(3) softmax")
            .layout();
    assertThat(layout.tensors())
        .extracting(ParameterTensor::role)
        .containsExactly(
            Role.BIAS,
            Role.WEIGHT,
            Role.GAIN,
            Role.SHIFT,
            Role.RUNNING_MEAN,
            Role.RUNNING_VARIANCE,
            Role.WEIGHT,
            Role.BIAS);
    int end = 0;
    for (ParameterTensor tensor : layout.tensors()) {
      assertThat(tensor.offset()).isEqualTo(end);
      end = tensor.end();
    }
    assertThat(layout.length()).isEqualTo(end).isEqualTo(2 + 18 + 8 + 32 * 3 + 3);
  }

  @Test
  void wrongShapesNameTheLayerAndBothShapes() {
    assertThatThrownBy(() -> NetworkSpec.parse("input(1,28,28) relu dense(5) softmax"))
        .hasMessageContaining("layer 1 (dense(5))")
        .hasMessageContaining("expected a vector")
        .hasMessageContaining("found [1,28,28]")
        .hasMessageContaining("flatten");
    assertThatThrownBy(() -> NetworkSpec.parse("input(9) conv(4,3,stride=1,same) flatten softmax"))
        .hasMessageContaining("layer 0")
        .hasMessageContaining("expected an image")
        .hasMessageContaining("found [9]");
    assertThatThrownBy(
            () -> NetworkSpec.parse("input(1,2,2) conv(4,3,stride=1,valid) flatten softmax"))
        .hasMessageContaining("window of 3 is larger than its input of 2");
    assertThatThrownBy(() -> NetworkSpec.parse("input(1,2,2) relu softmax"))
        .hasMessageContaining("the head needs a vector");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dense(5) relu softmax",
        "input(4) dens(5) softmax",
        "input(4) dense(x) softmax",
        "input(4) dense softmax",
        "input(4) dense(0) softmax",
        "input(4) dense(5) crossentropy"
      })
  void nonsenseIsRefusedWithTheTextInTheMessage(String text) {
    assertThatThrownBy(() -> NetworkSpec.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank();
  }

  @Test
  void initialParametersFollowFromTheSeedAndMayLeaveTheHeadAtZero() {
    NetworkSpec network = NetworkPresets.mlp(4, List.of(3), 2, Head.SOFTMAX_CROSS_ENTROPY);
    float[] theta = InitialParameters.of(network, 7, false);
    assertThat(InitialParameters.of(network, 7, false)).containsExactly(theta);
    assertThat(InitialParameters.of(network, 8, false)).isNotEqualTo(theta);
    float[] zeroHead = InitialParameters.of(network, 7, true);
    ParameterTensor head = network.layout().tensors().get(2);
    for (int i = 0; i < theta.length; i++) {
      boolean inHead = i >= head.offset() && i < head.end();
      assertThat(zeroHead[i]).isEqualTo(inHead ? 0f : theta[i]);
    }
  }
}
