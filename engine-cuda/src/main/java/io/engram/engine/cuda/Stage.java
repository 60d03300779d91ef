package io.engram.engine.cuda;

import io.engram.core.network.Layer;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterTensor;
import io.engram.core.network.Shape;
import io.engram.core.network.Shape.Image;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer that does something, and what it takes over of those behind it: the first convolution a normalisation, and either a rectifier's
 * slope.
 *
 * @param index of the layer in the network
 * @param slope of the rectifier below zero; 1 for none
 * @param behind the normalisation behind a first convolution, or null
 */
record Stage(
    int index, Layer layer, Shape in, Shape out, float slope, Layer.@Nullable BatchNorm behind) {

  private Stage(int index, Layer layer, Shape in, Shape out, float slope) {
    this(index, layer, in, out, slope, null);
  }

  /** The stages of a network, in order. Layers without effect have none. */
  static List<Stage> of(NetworkSpec network) {
    List<Stage> stages = new ArrayList<>();
    List<Layer> layers = network.layers();
    Stage stem = stem(network);
    if (stem != null) {
      stages.add(stem);
    }
    for (int i = stem == null ? 0 : stem.slope() < 1f ? 3 : 2; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (layer instanceof Layer.Flatten || isIdentity(layer)) {
        continue; // Elements are counted channels first on both sides.
      }
      Shape in = network.shapes().get(i);
      Shape out = network.shapes().get(i + 1);
      boolean norm = layer instanceof Layer.BatchNorm || layer instanceof Layer.LayerNorm;
      if (norm && i + 1 < layers.size() && rectifierSlope(layers.get(i + 1)) < 1f) {
        stages.add(new Stage(i, layer, in, out, rectifierSlope(layers.get(i + 1))));
        i++;
      } else {
        stages.add(new Stage(i, layer, in, out, 1f));
      }
    }
    return stages;
  }

  /** The first layers as one, if they are a convolution of small patches and a normalisation and not all that has parameters. */
  private static @Nullable Stage stem(NetworkSpec network) {
    List<Layer> layers = network.layers();
    List<ParameterTensor> tensors = network.layout().tensors();
    if (layers.size() < 3
        || !(layers.get(0) instanceof Layer.Conv2d conv)
        || !(layers.get(1) instanceof Layer.BatchNorm norm)
        || !(network.input() instanceof Image in)
        || in.channels() * conv.kernel() * conv.kernel() > StemWindow.LONGEST_PATCH
        || tensors.get(tensors.size() - 1).layer() < 2) {
      return null;
    }
    return new Stage(0, conv, in, network.shapes().get(1), rectifierSlope(layers.get(2)), norm);
  }

  private static boolean isIdentity(Layer layer) {
    return layer instanceof Layer.Activation activation
        && activation.function() == Layer.Function.IDENTITY;
  }

  /** 1 for what is no rectifier. */
  static float rectifierSlope(Layer layer) {
    return layer instanceof Layer.Activation activation ? slope(activation.function()) : 1f;
  }

  /** Below zero, of a rectifier; 1 for what is none. */
  static float slope(Layer.Function function) {
    return switch (function) {
      case RELU -> 0f;
      case LEAKY_RELU -> 0.01f;
      case TANH, IDENTITY -> 1f;
    };
  }
}
