package io.engram.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A kind of layer that is added has to be added here, and is then read as it is written, like all the others. */
class LayerKindsTest {

  static List<Layer> layers() {
    return List.of(
        new Layer.Dense(3),
        new Layer.Conv2d(2, 3, 1, Layer.Padding.VALID),
        new Layer.BatchNorm(1e-3f),
        new Layer.LayerNorm(1e-5f),
        new Layer.MaxPool(2, 1),
        new Layer.AveragePool(2, 2),
        new Layer.Flatten(),
        new Layer.Activation(Layer.Function.RELU),
        new Layer.Activation(Layer.Function.LEAKY_RELU),
        new Layer.Activation(Layer.Function.TANH),
        new Layer.Activation(Layer.Function.IDENTITY));
  }

  @Test
  void noneIsForgotten() {
    assertThat(layers().stream().map(Object::getClass).map(Class::getName).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Layer.class.getPermittedSubclasses()).map(Class::getName).toList());
    assertThat(layers())
        .filteredOn(Layer.Activation.class::isInstance)
        .hasSameSizeAs(Layer.Function.values());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void eachIsReadAsItIsWritten(Layer layer) {
    boolean dense = layer instanceof Layer.Dense;
    String text =
        "input(%s) %s %sdense(2) softmax"
            .formatted(
                dense ? "4" : "2,4,4",
                NetworkText.format(layer),
                dense || layer instanceof Layer.Flatten ? "" : "flatten ");

    NetworkSpec network = NetworkSpec.parse(text);

    assertThat(network.layers().get(0)).isEqualTo(layer);
    assertThat(network).hasToString(text);
  }
}
