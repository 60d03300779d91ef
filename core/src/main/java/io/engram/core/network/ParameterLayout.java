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
    return layer.on(new Adder(tensors, index, offset, input)).offset;
  }

  /** Adds the tensors of one layer. */
  private static final class Adder implements Layer.Cases<Adder> {
    private final List<ParameterTensor> tensors;
    private final int layer;
    private final Shape input;
    private int offset;

    Adder(List<ParameterTensor> tensors, int layer, int offset, Shape input) {
      this.tensors = tensors;
      this.layer = layer;
      this.offset = offset;
      this.input = input;
    }

    @Override
    public Adder dense(Layer.Dense dense) {
      return add(Role.WEIGHT, input.size(), dense.units()).add(Role.BIAS, dense.units());
    }

    @Override
    public Adder conv2d(Layer.Conv2d conv) {
      int channels = ((Image) input).channels();
      return add(Role.BIAS, conv.filters())
          .add(Role.WEIGHT, conv.filters(), channels, conv.kernel(), conv.kernel());
    }

    /** One γ and β per channel of an image, per feature of a vector. */
    @Override
    public Adder batchNorm(Layer.BatchNorm norm) {
      int features = input instanceof Image image ? image.channels() : input.size();
      return add(Role.GAIN, features)
          .add(Role.SHIFT, features)
          .add(Role.RUNNING_MEAN, features)
          .add(Role.RUNNING_VARIANCE, features);
    }

    @Override
    public Adder layerNorm(Layer.LayerNorm norm) {
      return add(Role.GAIN, input.size()).add(Role.SHIFT, input.size());
    }

    @Override
    public Adder maxPool(Layer.MaxPool pool) {
      return this;
    }

    @Override
    public Adder averagePool(Layer.AveragePool pool) {
      return this;
    }

    @Override
    public Adder flatten(Layer.Flatten flatten) {
      return this;
    }

    @Override
    public Adder activation(Layer.Activation activation) {
      return this;
    }

    private Adder add(Role role, Integer... shape) {
      ParameterTensor tensor = new ParameterTensor(layer, role, List.of(shape), offset);
      tensors.add(tensor);
      offset = tensor.end();
      return this;
    }
  }
}
