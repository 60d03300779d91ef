package io.engram.core.network;

import io.engram.core.network.Layer.Function;
import io.engram.core.network.Layer.Padding;
import java.util.ArrayList;
import java.util.List;

/** The networks of the few-shot literature. */
public final class NetworkPresets {

  private static final float EPSILON = 1e-5f;

  private NetworkPresets() {}

  /**
   * Four blocks of 3×3 convolution with stride 2, batch-norm and ReLU, then a linear head (Vinyals et al. 2016 in the strided
   * form of MAML and Reptile).
   */
  public static NetworkSpec conv4(Shape.Image input, int filters, int outputs) {
    List<Layer> layers = new ArrayList<>();
    for (int block = 0; block < 4; block++) {
      layers.add(new Layer.Conv2d(filters, 3, 2, Padding.SAME));
      layers.add(new Layer.BatchNorm(EPSILON));
      layers.add(new Layer.Activation(Function.RELU));
    }
    layers.add(new Layer.Flatten());
    layers.add(new Layer.Dense(outputs));
    return new NetworkSpec(input, layers, Head.SOFTMAX_CROSS_ENTROPY);
  }

  /** Dense layers with ReLU between them, and a linear head. */
  public static NetworkSpec mlp(int inputs, List<Integer> hidden, int outputs, Head head) {
    List<Layer> layers = new ArrayList<>();
    for (int units : hidden) {
      layers.add(new Layer.Dense(units));
      layers.add(new Layer.Activation(Function.RELU));
    }
    layers.add(new Layer.Dense(outputs));
    return new NetworkSpec(new Shape.Vector(inputs), layers, head);
  }

  /** The sinusoid regressor of the MAML paper: 1-40-40-1. */
  public static NetworkSpec sinusoid() {
    return mlp(1, List.of(40, 40), 1, Head.MEAN_SQUARED_ERROR);
  }
}
