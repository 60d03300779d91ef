package io.engram.engine.fused;

import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.network.Layer;
import io.engram.core.network.Layer.Function;
import io.engram.core.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;

/** Stacks the dense layers of a network for streams. */
final class StreamLayers {

  private StreamLayers() {}

  /**
   * Its layers, the first reading {@code inputs}.
   *
   * @throws UnsupportedNetworkException if there is another layer than dense ones, each with at most one activation behind it
   */
  static StreamLayer[] of(NetworkSpec network, StreamInputs inputs) {
    List<StreamLayer> stacked = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      if (layer instanceof Layer.Dense dense) {
        Function function = activation(network.layers(), i);
        stacked.add(
            stacked.isEmpty()
                ? new StreamLayer(inputs, network.input().size(), dense.units(), function)
                : new StreamLayer(stacked.get(stacked.size() - 1), dense.units(), function));
      } else if (!(layer instanceof Layer.Activation && behindDense(network.layers(), i))
          && !(layer instanceof Layer.Flatten)) {
        throw new UnsupportedNetworkException(
            "layer %d (%s): stream programs run dense layers with one activation behind each; use episodes for others"
                .formatted(i, layer));
      }
    }
    return stacked.toArray(StreamLayer[]::new);
  }

  private static Function activation(List<Layer> layers, int dense) {
    return dense + 1 < layers.size() && layers.get(dense + 1) instanceof Layer.Activation next
        ? next.function()
        : Function.IDENTITY;
  }

  private static boolean behindDense(List<Layer> layers, int activation) {
    return activation > 0 && layers.get(activation - 1) instanceof Layer.Dense;
  }
}
