package io.engram.cli.onnx;

import io.engram.core.network.Layer;
import io.engram.core.network.Layer.Padding;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterTensor;
import io.engram.core.network.ParameterTensor.Role;
import io.engram.core.network.Shape;
import io.engram.core.network.Shape.Image;
import java.util.Arrays;
import java.util.Map;

/** Adds the layers of a network to a graph, one after another. */
final class OnnxLayers {

  private static final float LEAK = 0.01f;

  private final OnnxGraph graph;
  private final NetworkSpec network;
  private final float[] parameters;
  private final BatchStatistics statistics;

  OnnxLayers(OnnxGraph graph, NetworkSpec network, float[] parameters, int group) {
    this.graph = graph;
    this.network = network;
    this.parameters = parameters;
    this.statistics = new BatchStatistics(graph, group);
  }

  /**
   * All layers.
   *
   * @param input [rows × features]
   * @return the outputs, [rows × outputs]
   */
  String all(String input) {
    String at = shaped(input, network.input());
    for (int i = 0; i < network.layers().size(); i++) {
      at = network.layers().get(i).on(new One(i, network.shapes().get(i), at));
    }
    return at;
  }

  private String shaped(String input, Shape shape) {
    return shape instanceof Image image
        ? graph.node(
            "Reshape", input, graph.integers(-1, image.channels(), image.height(), image.width()))
        : input;
  }

  private float[] part(int layer, Role role) {
    for (ParameterTensor tensor : network.layout().tensors()) {
      if (tensor.layer() == layer && tensor.role() == role) {
        return Arrays.copyOfRange(parameters, tensor.offset(), tensor.end());
      }
    }
    throw new IllegalStateException("layer %d has no %s".formatted(layer, role));
  }

  private final class One implements Layer.Cases<String> {

    private final int index;
    private final Shape shape;
    private final String input;

    One(int index, Shape shape, String input) {
      this.index = index;
      this.shape = shape;
      this.input = input;
    }

    /** Our weights lie column by column: row by row they are those transposed. */
    @Override
    public String dense(Layer.Dense layer) {
      String weights = graph.floats(part(index, Role.WEIGHT), layer.units(), shape.size());
      String bias = graph.floats(part(index, Role.BIAS), layer.units());
      return graph.node("Gemm", Map.of("transB", 1L), input, weights, bias);
    }

    @Override
    public String conv2d(Layer.Conv2d layer) {
      Image image = (Image) shape;
      int kernel = layer.kernel();
      long[] rows = padding(image.height(), layer);
      long[] columns = padding(image.width(), layer);
      return graph.node(
          "Conv",
          Map.of(
              "kernel_shape", new long[] {kernel, kernel},
              "strides", new long[] {layer.stride(), layer.stride()},
              "pads", new long[] {rows[0], columns[0], rows[1], columns[1]}),
          input,
          graph.floats(part(index, Role.WEIGHT), layer.filters(), image.channels(), kernel, kernel),
          graph.floats(part(index, Role.BIAS), layer.filters()));
    }

    /** Zeros before and behind; the odd one behind. */
    private static long[] padding(int size, Layer.Conv2d layer) {
      if (layer.padding() == Padding.VALID) {
        return new long[] {0, 0};
      }
      int out = (size + layer.stride() - 1) / layer.stride();
      int all = Math.max(0, (out - 1) * layer.stride() + layer.kernel() - size);
      return new long[] {all / 2, all - all / 2};
    }

    @Override
    public String batchNorm(Layer.BatchNorm layer) {
      return statistics.normalize(
          input, shape, layer.epsilon(), part(index, Role.GAIN), part(index, Role.SHIFT));
    }

    @Override
    public String layerNorm(Layer.LayerNorm layer) {
      long[] each =
          shape instanceof Image image
              ? new long[] {image.channels(), image.height(), image.width()}
              : new long[] {shape.size()};
      return graph.node(
          "LayerNormalization",
          Map.of("axis", 1L, "epsilon", layer.epsilon()),
          input,
          graph.floats(part(index, Role.GAIN), each),
          graph.floats(part(index, Role.SHIFT), each));
    }

    @Override
    public String maxPool(Layer.MaxPool layer) {
      return pool("MaxPool", layer.kernel(), layer.stride());
    }

    @Override
    public String averagePool(Layer.AveragePool layer) {
      return pool("AveragePool", layer.kernel(), layer.stride());
    }

    private String pool(String operator, long kernel, long stride) {
      return graph.node(
          operator,
          Map.of(
              "kernel_shape", new long[] {kernel, kernel}, "strides", new long[] {stride, stride}),
          input);
    }

    @Override
    public String flatten(Layer.Flatten layer) {
      return graph.node("Reshape", input, graph.integers(-1, shape.size()));
    }

    @Override
    public String activation(Layer.Activation layer) {
      return switch (layer.function()) {
        case RELU -> graph.node("Relu", input);
        case LEAKY_RELU -> graph.node("LeakyRelu", Map.of("alpha", LEAK), input);
        case TANH -> graph.node("Tanh", input);
        case IDENTITY -> input;
      };
    }
  }
}
