package io.engram.engine.nd4j;

import io.engram.core.network.Layer;
import io.engram.core.network.Layer.Function;
import io.engram.core.network.NetworkSpec;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The same dense network for T tasks with T sets of parameters: W [T, out, in], b [T, 1, out], activations [T, examples, width]. All
 * arrays are made once; products and activations are written into them.
 */
final class TaskStack implements AutoCloseable {

  final int tasks;
  final int examples;
  private final NetworkSpec network;
  private final List<INDArray> parameters = new ArrayList<>();
  private final List<INDArray> gradients = new ArrayList<>();
  private final List<INDArray> values = new ArrayList<>();
  private final List<INDArray> errors = new ArrayList<>();

  TaskStack(NetworkSpec network, int tasks, int examples) {
    this.network = network;
    this.tasks = tasks;
    this.examples = examples;
    add(values, tasks, examples, network.input().size());
    add(errors, tasks, examples, network.input().size());
    int width = network.input().size();
    for (Layer layer : network.layers()) {
      if (layer instanceof Layer.Dense dense) {
        add(parameters, tasks, dense.units(), width);
        add(parameters, tasks, 1, dense.units());
        add(gradients, tasks, dense.units(), width);
        add(gradients, tasks, 1, dense.units());
        width = dense.units();
      }
      add(values, tasks, examples, width);
      add(errors, tasks, examples, width);
    }
  }

  private static void add(List<INDArray> arrays, long... shape) {
    arrays.add(Nd4j.create(DataType.FLOAT, shape, 'c'));
  }

  /** Sets task {@code t}'s parameters from the port's flat vectors: [T][parameters]. */
  void load(float[][] flat) {
    int offset = 0;
    for (INDArray tensor : parameters) {
      int length = Math.toIntExact(tensor.length() / tasks);
      float[] all = new float[tasks * length];
      for (int t = 0; t < tasks; t++) {
        System.arraycopy(flat[t], offset, all, t * length, length);
      }
      tensor.assign(Nd4j.create(all, tensor.shape(), 'c'));
      offset += length;
    }
  }

  /** [T, examples, outputs] of [T, examples, inputs]. */
  float[] forward(float[] inputs) {
    values.get(0).assign(Nd4j.create(inputs, values.get(0).shape(), 'c'));
    int tensor = 0;
    for (int i = 0; i < network.layers().size(); i++) {
      INDArray x = values.get(i);
      INDArray y = values.get(i + 1);
      if (network.layers().get(i) instanceof Layer.Activation activation) {
        y.assign(x);
        activate(activation.function(), y);
      } else {
        Nd4j.matmul(x, parameters.get(tensor), y, false, true, false);
        y.addi(parameters.get(tensor + 1));
        tensor += 2;
      }
    }
    return values.get(values.size() - 1).data().asFloat();
  }

  /** Writes [T][parameters] gradients for errors [T, examples, outputs] of the last forward pass. */
  void backward(float[] outputErrors, float[][] flat) {
    INDArray last = errors.get(errors.size() - 1);
    last.assign(Nd4j.create(outputErrors, last.shape(), 'c'));
    int tensor = parameters.size();
    for (int i = network.layers().size() - 1; i >= 0; i--) {
      INDArray g = errors.get(i + 1);
      if (network.layers().get(i) instanceof Layer.Activation activation) {
        errors.get(i).assign(g);
        slope(activation.function(), values.get(i + 1), errors.get(i));
      } else {
        tensor -= 2;
        Nd4j.matmul(g, values.get(i), gradients.get(tensor), true, false, false);
        gradients.get(tensor + 1).assign(g.sum(true, 1));
        if (tensor > 0) {
          Nd4j.matmul(g, parameters.get(tensor), errors.get(i), false, false, false);
        }
      }
    }
    store(gradients, flat);
  }

  private void store(List<INDArray> tensors, float[][] flat) {
    int offset = 0;
    for (INDArray tensor : tensors) {
      int length = Math.toIntExact(tensor.length() / tasks);
      float[] all = tensor.data().asFloat();
      for (int t = 0; t < tasks; t++) {
        System.arraycopy(all, t * length, flat[t], offset, length);
      }
      offset += length;
    }
  }

  private static void activate(Function function, INDArray y) {
    switch (function) {
      case RELU -> Transforms.relu(y, false);
      case LEAKY_RELU -> Transforms.leakyRelu(y, 0.01, false);
      case TANH -> Transforms.tanh(y, false);
      case IDENTITY -> {}
    }
  }

  /** g ← g·f′, told from y = f(x). */
  private static void slope(Function function, INDArray y, INDArray g) {
    switch (function) {
      case RELU -> g.muli(y.gt(0).castTo(DataType.FLOAT));
      case LEAKY_RELU -> g.muli(y.gt(0).castTo(DataType.FLOAT).muli(0.99f).addi(0.01f));
      case TANH -> g.muli(y.mul(y).rsubi(1));
      case IDENTITY -> {}
    }
  }

  @Override
  public void close() {
    for (List<INDArray> arrays : List.of(parameters, gradients, values, errors)) {
      arrays.forEach(INDArray::close);
    }
  }
}
