package io.engram.core.network;

import io.engram.core.network.ParameterTensor.Role;
import io.engram.core.network.Shape.Image;
import java.util.ArrayList;
import java.util.List;

/**
 * The flat parameter vector of a network, element for element DL4J's {@code MultiLayerNetwork.params()}:
 *
 * <ul>
 *   <li>dense: W [in, out] in column-major order, then b [out]
 *   <li>conv2d: b [out] first, then W [out, in, kernel, kernel] in row-major order
 *   <li>batch-norm: γ, β, running mean, running variance, each [channels]
 *   <li>layer-norm: gain, bias, each [features] (DL4J has no such layer; ours alone)
 * </ul>
 *
 * @param tensors in order of their offsets, without gaps
 * @param length of the flat vector
 */
public record ParameterLayout(List<ParameterTensor> tensors, int length) {

  public ParameterLayout {
    tensors = List.copyOf(tensors);
  }

  /** The layout of a network. */
  public static ParameterLayout of(NetworkSpec network) {
    List<ParameterTensor> tensors = new ArrayList<>();
    List<Shape> shapes = network.shapes();
    int offset = 0;
    for (int i = 0; i < network.layers().size(); i++) {
      offset = append(tensors, offset, i, network.layers().get(i), shapes.get(i));
    }
    if (offset == 0) {
      throw new IllegalArgumentException("the network " + network + " has no parameters to learn");
    }
    return new ParameterLayout(tensors, offset);
  }

  private static int append(
      List<ParameterTensor> tensors, int offset, int index, Layer layer, Shape input) {
    Adder adder = new Adder(tensors, index, offset);
    if (layer instanceof Layer.Dense dense) {
      adder.add(Role.WEIGHT, input.size(), dense.units()).add(Role.BIAS, dense.units());
    } else if (layer instanceof Layer.Conv2d conv) {
      adder
          .add(Role.BIAS, conv.filters())
          .add(
              Role.WEIGHT,
              conv.filters(),
              ((Image) input).channels(),
              conv.kernel(),
              conv.kernel());
    } else if (layer instanceof Layer.BatchNorm) {
      int features = features(input);
      adder
          .add(Role.GAIN, features)
          .add(Role.SHIFT, features)
          .add(Role.RUNNING_MEAN, features)
          .add(Role.RUNNING_VARIANCE, features);
    } else if (layer instanceof Layer.LayerNorm) {
      adder.add(Role.GAIN, input.size()).add(Role.SHIFT, input.size());
    }
    return adder.offset;
  }

  /** Batch-norm keeps one γ and β per channel of an image, per feature of a vector. */
  private static int features(Shape input) {
    return input instanceof Image image ? image.channels() : input.size();
  }

  private static final class Adder {
    private final List<ParameterTensor> tensors;
    private final int layer;
    private int offset;

    Adder(List<ParameterTensor> tensors, int layer, int offset) {
      this.tensors = tensors;
      this.layer = layer;
      this.offset = offset;
    }

    Adder add(Role role, Integer... shape) {
      ParameterTensor tensor = new ParameterTensor(layer, role, List.of(shape), offset);
      tensors.add(tensor);
      offset = tensor.end();
      return this;
    }
  }
}
