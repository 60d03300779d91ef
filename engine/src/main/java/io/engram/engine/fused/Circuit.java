package io.engram.engine.fused;

import io.engram.core.network.Layer;
import io.engram.core.network.NetworkSpec;
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

  private int layoutIndex;
  private boolean batchDependent;

  Circuit(NetworkSpec network) {
    this.network = network;
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
    for (int i = 0; i < network.layers().size(); i++) {
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
    return network.outputs();
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
      int weight =
          tensor(
              true,
              ParameterMap.channelsLast(
                  conv.filters(), image.channels(), conv.kernel() * conv.kernel()));
      Window window = Window.of(image, (Image) out, conv.kernel(), conv.stride(), conv.padding());
      return new Convolution(window, weight, bias, biased(index));
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
        case RELU -> new Rectifier(in.size(), 0f, mayWorkInPlace());
        case LEAKY_RELU -> new Rectifier(in.size(), 0.01f, mayWorkInPlace());
        case TANH -> new Tanh(in.size());
        case IDENTITY -> null;
      };
    }
    int[] order = channelsLast(in);
    return order == null ? null : new Flattening(order);
  }

  private boolean biased(int index) {
    List<Layer> layers = network.layers();
    return index + 1 == layers.size() || !(layers.get(index + 1) instanceof Layer.BatchNorm);
  }

  private static Window window(Image in, Image out, int kernel, int stride) {
    return Window.of(in, out, kernel, stride, Layer.Padding.VALID);
  }

  private static int @Nullable [] channelsLast(Shape shape) {
    return shape instanceof Image image
        ? ParameterMap.channelsLast(1, image.channels(), image.height() * image.width())
        : null;
  }

  /** The input must survive for the next step, and these two read their own output on the way back. */
  private boolean mayWorkInPlace() {
    if (operations.isEmpty()) {
      return false;
    }
    Operation previous = operations.get(operations.size() - 1);
    return !(previous instanceof Rectifier) && !(previous instanceof Tanh);
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
