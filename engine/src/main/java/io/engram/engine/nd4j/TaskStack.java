package io.engram.engine.nd4j;

import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.network.Layer;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterTensor;
import io.engram.core.network.Shape;
import io.engram.core.network.Shape.Image;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The same network for T tasks with T sets of parameters. Activations are [T, examples, width] or [T, examples, channels, height,
 * width]; the large arrays are made once and written into.
 */
final class TaskStack implements AutoCloseable {

  private final int tasks;
  private final List<ParameterTensor> tensors;
  private final List<StackLayer> layers = new ArrayList<>();
  private final List<INDArray> values = new ArrayList<>();
  private final List<INDArray> errors = new ArrayList<>();

  TaskStack(NetworkSpec network, int tasks, int examples) {
    this.tasks = tasks;
    this.tensors =
        network.layout().tensors().stream().filter(tensor -> tensor.role().trainable()).toList();
    List<Shape> shapes = network.shapes();
    for (Shape shape : shapes) {
      values.add(room(shape, examples));
      errors.add(room(shape, examples));
    }
    for (int i = 0; i < network.layers().size(); i++) {
      layers.add(layer(network.layers().get(i), shapes.get(i), values.get(i)));
    }
  }

  private INDArray room(Shape shape, int examples) {
    return shape instanceof Image image
        ? StackLayer.room(tasks, examples, image.channels(), image.height(), image.width())
        : StackLayer.room(tasks, examples, shape.size());
  }

  private StackLayer layer(Layer layer, Shape in, INDArray x) {
    if (layer instanceof Layer.Dense dense) {
      return new StackedDense(tasks, in.size(), dense.units());
    }
    if (layer instanceof Layer.Conv2d conv) {
      return new StackedConvolution(tasks, ((Image) in).channels(), conv);
    }
    if (layer instanceof Layer.BatchNorm norm) {
      return StackedNorm.batch(norm.epsilon(), x);
    }
    if (layer instanceof Layer.LayerNorm norm) {
      return StackedNorm.layer(norm.epsilon(), x);
    }
    if (layer instanceof Layer.MaxPool pool) {
      return StackedPooling.max(pool.kernel(), pool.stride());
    }
    if (layer instanceof Layer.AveragePool pool) {
      return StackedPooling.average(pool.kernel(), pool.stride());
    }
    if (layer instanceof Layer.Activation activation) {
      return new StackedActivation(activation.function());
    }
    if (layer instanceof Layer.Flatten) {
      return new StackedActivation(Layer.Function.IDENTITY);
    }
    throw new UnsupportedNetworkException("nd4j has no layer such as " + layer);
  }

  /** Sets the tasks' parameters from the port's flat vectors: [T][parameters]. */
  void load(float[][] flat) {
    int next = 0;
    for (StackLayer layer : layers) {
      for (INDArray parameter : layer.parameters()) {
        ParameterTensor tensor = tensors.get(next++);
        float[] all = new float[tasks * tensor.length()];
        for (int t = 0; t < tasks; t++) {
          System.arraycopy(flat[t], tensor.offset(), all, t * tensor.length(), tensor.length());
        }
        parameter.assign(Nd4j.create(all, parameter.shape(), 'c'));
      }
    }
  }

  /** [T, examples, outputs] of [T, examples, inputs]. */
  float[] forward(float[] inputs) {
    values.get(0).assign(Nd4j.create(inputs, values.get(0).shape(), 'c'));
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).forward(values.get(i), values.get(i + 1));
    }
    return values.get(layers.size()).data().asFloat();
  }

  /** Writes [T][parameters] gradients for errors [T, examples, outputs] of the last forward pass. */
  void backward(float[] outputErrors, float[][] flat) {
    INDArray last = errors.get(layers.size());
    last.assign(Nd4j.create(outputErrors, last.shape(), 'c'));
    for (int i = layers.size() - 1; i >= 0; i--) {
      layers
          .get(i)
          .backward(values.get(i), values.get(i + 1), errors.get(i + 1), errors.get(i), i > 0);
    }
    store(flat);
  }

  private void store(float[][] flat) {
    int next = 0;
    for (StackLayer layer : layers) {
      for (INDArray gradient : layer.gradients()) {
        ParameterTensor tensor = tensors.get(next++);
        float[] all = gradient.data().asFloat();
        for (int t = 0; t < tasks; t++) {
          System.arraycopy(all, t * tensor.length(), flat[t], tensor.offset(), tensor.length());
        }
      }
    }
  }

  @Override
  public void close() {
    layers.forEach(StackLayer::close);
    values.forEach(INDArray::close);
    errors.forEach(INDArray::close);
  }
}
