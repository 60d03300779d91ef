package io.engram.engine.fused;

import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.network.Layer;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterTensor;
import io.engram.core.network.ParameterTensor.Role;
import io.engram.core.network.Shape;
import io.engram.core.network.Shape.Image;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network compiled to operations: layers without effect are gone, rectifiers work in place where they may, and every
 * trainable tensor has its place in the {@link ParameterMap}.
 */
final class Circuit {

  final NetworkSpec network;
  final ParameterMap parameters;
  final Loss loss;
  final int @Nullable [] inputOrder;

  private final List<Operation> operations = new ArrayList<>();

  /** First tensor of each operation; one more element than operations. */
  private final List<Integer> firstTensor = new ArrayList<>();

  private final int outputs;
  private int layoutIndex;
  private boolean batchDependent;

  Circuit(NetworkSpec network) {
    this.network = network;
    this.outputs = network.outputs();
    this.parameters = new ParameterMap(network.layout());
    this.loss =
        switch (network.head()) {
          case SOFTMAX_CROSS_ENTROPY -> new SoftmaxCrossEntropy(network.outputs());
          case MEAN_SQUARED_ERROR -> new MeanSquaredError(network.outputs());
        };
    this.inputOrder =
        network.input() instanceof Image image
            ? ParameterMap.channelsLast(1, image.channels(), image.height() * image.width())
            : null;
    List<Shape> shapes = network.shapes();
    int stem = stemLayers(shapes);
    if (stem > 0) {
      firstTensor.add(0);
      operations.add(stem(shapes.get(0), shapes.get(1), stem));
    }
    for (int i = stem; i < network.layers().size(); i++) {
      int tensors = parameters.tensorCount();
      Operation operation = compile(i, shapes.get(i), shapes.get(i + 1));
      if (operation != null) {
        operations.add(operation);
        firstTensor.add(tensors);
      }
    }
    firstTensor.add(parameters.tensorCount());
  }

  int size() {
    return operations.size();
  }

  Operation operation(int i) {
    return operations.get(i);
  }

  int outputs() {
    return outputs;
  }

  /** Whether an example's outputs depend on the other examples of its batch. */
  boolean batchDependent() {
    return batchDependent;
  }

  /** The first operation with parameters. */
  int firstTrainable() {
    int i = 0;
    while (!trainable(i)) {
      i++;
    }
    return i;
  }

  /** The last operation with parameters. */
  int head() {
    int i = operations.size() - 1;
    while (!trainable(i)) {
      i--;
    }
    return i;
  }

  /** The first tensor that belongs to operation {@code i} or a later one. */
  int firstTensor(int i) {
    return firstTensor.get(i);
  }

  boolean trainable(int i) {
    return firstTensor.get(i) < firstTensor.get(i + 1);
  }

  /** How many layers at the start can be one {@link Stem}: convolution, batch-norm and perhaps a rectifier; or 0. */
  private int stemLayers(List<Shape> shapes) {
    List<Layer> layers = network.layers();
    if (layers.size() < 3
        || !(layers.get(0) instanceof Layer.Conv2d conv)
        || !(layers.get(1) instanceof Layer.BatchNorm)
        || conv.kernel() * conv.kernel() * ((Image) shapes.get(0)).channels() > Stem.LONGEST_PATCH
        || !hasTensorsFrom(2)) {
      return 0;
    }
    return slope(layers.get(2)) < 1f ? 3 : 2;
  }

  /** Whether a layer from {@code first} on has parameters; the head must be an operation of its own. */
  private boolean hasTensorsFrom(int first) {
    List<ParameterTensor> tensors = network.layout().tensors();
    return tensors.get(tensors.size() - 1).layer() >= first;
  }

  private Operation stem(Shape in, Shape out, int count) {
    Layer.Conv2d conv = (Layer.Conv2d) network.layers().get(0);
    Layer.BatchNorm norm = (Layer.BatchNorm) network.layers().get(1);
    batchDependent = true;
    int bias = tensor(false, null);
    int weight = tensor(false, filterOrder(conv, (Image) in));
    int gain = tensor(false, null);
    int shift = tensor(false, null);
    skip(Role.RUNNING_MEAN);
    skip(Role.RUNNING_VARIANCE);
    return new Stem(
        window((Image) in, (Image) out, conv),
        norm.epsilon(),
        count == 3 ? slope(network.layers().get(2)) : 1f,
        bias,
        new FoldedNorm.Tensors(weight, gain, shift));
  }

  private @Nullable Operation compile(int index, Shape in, Shape out) {
    Layer layer = network.layers().get(index);
    if (layer instanceof Layer.Dense dense) {
      int weight = tensor(true, null);
      int bias = tensor(false, null);
      return new Dense(in.size(), dense.units(), weight, bias, biased(index));
    }
    if (layer instanceof Layer.Conv2d conv) {
      Image image = (Image) in;
      int bias = tensor(false, null);
      int weight = tensor(true, filterOrder(conv, image));
      Window window = window(image, (Image) out, conv);
      return DirectConvolution.suits(window)
          ? new DirectConvolution(window, weight, bias, biased(index))
          : new Convolution(window, weight, bias, biased(index));
    }
    if (layer instanceof Layer.BatchNorm norm) {
      batchDependent = true;
      int features = in instanceof Image image ? image.channels() : in.size();
      int gain = tensor(false, null);
      int shift = tensor(false, null);
      skip(Role.RUNNING_MEAN);
      skip(Role.RUNNING_VARIANCE);
      return new BatchNormalisation(features, in.size() / features, norm.epsilon(), gain, shift);
    }
    if (layer instanceof Layer.LayerNorm norm) {
      int[] order = channelsLast(in);
      int gain = tensor(false, order);
      int shift = tensor(false, order);
      return new LayerNormalisation(in.size(), norm.epsilon(), gain, shift);
    }
    if (layer instanceof Layer.MaxPool pool) {
      return new MaxPooling(window((Image) in, (Image) out, pool.kernel(), pool.stride()));
    }
    if (layer instanceof Layer.AveragePool pool) {
      return new AveragePooling(window((Image) in, (Image) out, pool.kernel(), pool.stride()));
    }
    if (layer instanceof Layer.Activation activation) {
      return switch (activation.function()) {
        case RELU, LEAKY_RELU -> new Rectifier(in.size(), slope(layer), mayWorkInPlace());
        case TANH -> new Tanh(in.size());
        case IDENTITY -> null;
      };
    }
    if (layer instanceof Layer.Flatten) {
      int[] order = channelsLast(in);
      return order == null ? null : new Flattening(order);
    }
    throw new UnsupportedNetworkException("the fused engine has no layer such as " + layer);
  }

  private boolean biased(int index) {
    List<Layer> layers = network.layers();
    return index + 1 == layers.size() || !(layers.get(index + 1) instanceof Layer.BatchNorm);
  }

  /** Of a rectifier below zero; 1 for all other layers. */
  private static float slope(Layer layer) {
    if (!(layer instanceof Layer.Activation activation)) {
      return 1f;
    }
    return switch (activation.function()) {
      case RELU -> 0f;
      case LEAKY_RELU -> 0.01f;
      case TANH, IDENTITY -> 1f;
    };
  }

  private static int @Nullable [] filterOrder(Layer.Conv2d conv, Image in) {
    return ParameterMap.channelsLast(conv.filters(), in.channels(), conv.kernel() * conv.kernel());
  }

  private static Window window(Image in, Image out, Layer.Conv2d conv) {
    return Window.of(in, out, conv.kernel(), conv.stride(), conv.padding());
  }

  private static Window window(Image in, Image out, int kernel, int stride) {
    return Window.of(in, out, kernel, stride, Layer.Padding.VALID);
  }

  private static int @Nullable [] channelsLast(Shape shape) {
    return shape instanceof Image image
        ? ParameterMap.channelsLast(1, image.channels(), image.height() * image.width())
        : null;
  }

  /** The input must survive for the next step, and these read their own output on the way back. */
  private boolean mayWorkInPlace() {
    if (operations.isEmpty()) {
      return false;
    }
    Operation previous = operations.get(operations.size() - 1);
    return !(previous instanceof Rectifier)
        && !(previous instanceof Stem)
        && !(previous instanceof Tanh);
  }

  private int tensor(boolean matrix, int @Nullable [] order) {
    return parameters.add(layoutIndex++, matrix, order);
  }

  private void skip(Role expected) {
    Role found = network.layout().tensors().get(layoutIndex++).role();
    if (found != expected) {
      throw new IllegalStateException("expected " + expected + " in the layout, found " + found);
    }
  }
}
