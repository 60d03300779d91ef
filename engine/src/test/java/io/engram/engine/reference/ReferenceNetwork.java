package io.engram.engine.reference;

import io.engram.core.network.Head;
import io.engram.core.network.Layer;
import io.engram.core.network.Layer.Padding;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterLayout;
import io.engram.core.network.ParameterTensor;
import io.engram.core.network.ParameterTensor.Role;
import io.engram.core.network.Shape;
import io.engram.core.network.Shape.Image;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.util.Arrays;
import java.util.List;

/** A network, scalar by scalar, channels first, in double precision. */
public final class ReferenceNetwork {

  private final NetworkSpec network;
  private final ParameterLayout layout;
  private final List<Shape> shapes;

  public ReferenceNetwork(NetworkSpec network) {
    this.network = network;
    this.layout = network.layout();
    this.shapes = network.shapes();
  }

  /** Mean loss of a set. */
  public double loss(double[] parameters, ExampleSet set) {
    Tape tape = new Tape();
    return tape.value(loss(tape, parameters, set));
  }

  /** ∇ of the mean loss of a set. */
  public double[] gradient(double[] parameters, ExampleSet set) {
    Tape tape = new Tape();
    return tape.gradient(loss(tape, parameters, set), parameters.length);
  }

  /** [examples][outputs] of a set that goes through as one batch. */
  public double[][] outputs(double[] parameters, ExampleSet set) {
    Tape tape = new Tape();
    for (double parameter : parameters) {
      tape.variable(parameter);
    }
    int[][] outputs = forward(tape, set);
    double[][] values = new double[outputs.length][];
    for (int i = 0; i < outputs.length; i++) {
      values[i] = Arrays.stream(outputs[i]).mapToDouble(tape::value).toArray();
    }
    return values;
  }

  private int loss(Tape tape, double[] parameters, ExampleSet set) {
    for (double parameter : parameters) {
      tape.variable(parameter);
    }
    int[][] outputs = forward(tape, set);
    int[] losses = new int[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      losses[i] =
          network.head() == Head.SOFTMAX_CROSS_ENTROPY
              ? crossEntropy(tape, outputs[i], (Targets.Classes) set.targets(), i)
              : squaredError(tape, outputs[i], (Targets.Values) set.targets(), i);
    }
    return tape.mean(losses);
  }

  private static int crossEntropy(Tape tape, int[] logits, Targets.Classes targets, int example) {
    int[] exponentials = new int[targets.ways()];
    for (int i = 0; i < exponentials.length; i++) {
      double e = Math.exp(tape.value(logits[i]));
      exponentials[i] = tape.map(logits[i], e, e);
    }
    int sum = tape.sum(exponentials);
    int log = tape.map(sum, Math.log(tape.value(sum)), 1 / tape.value(sum));
    return tape.subtract(log, logits[targets.classes()[example]]);
  }

  private static int squaredError(Tape tape, int[] outputs, Targets.Values targets, int example) {
    int[] errors = new int[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      int target = tape.variable(targets.values()[example * outputs.length + i]);
      int error = tape.subtract(outputs[i], target);
      errors[i] = tape.multiply(error, error);
    }
    return tape.mean(errors);
  }

  private int[][] forward(Tape tape, ExampleSet set) {
    int[][] x = new int[set.size()][set.inputSize()];
    for (int n = 0; n < x.length; n++) {
      for (int i = 0; i < x[n].length; i++) {
        x[n][i] = tape.variable(set.inputs()[n * set.inputSize() + i]);
      }
    }
    for (int i = 0; i < network.layers().size(); i++) {
      x = layer(tape, i, x);
    }
    return x;
  }

  private int[][] layer(Tape tape, int index, int[][] x) {
    Layer layer = network.layers().get(index);
    if (layer instanceof Layer.Dense) {
      return each(x, row -> dense(tape, index, row));
    }
    if (layer instanceof Layer.Conv2d conv) {
      return each(x, row -> convolve(tape, index, conv, row));
    }
    if (layer instanceof Layer.BatchNorm norm) {
      return batchNorm(tape, index, norm, x);
    }
    if (layer instanceof Layer.LayerNorm norm) {
      return each(x, row -> layerNorm(tape, index, norm, row));
    }
    if (layer instanceof Layer.MaxPool pool) {
      return each(x, row -> pool(tape, index, pool.kernel(), pool.stride(), true, row));
    }
    if (layer instanceof Layer.AveragePool pool) {
      return each(x, row -> pool(tape, index, pool.kernel(), pool.stride(), false, row));
    }
    if (layer instanceof Layer.Activation activation) {
      return each(x, row -> activate(tape, activation, row));
    }
    if (layer instanceof Layer.Flatten) {
      return x;
    }
    throw new IllegalStateException("the reference has no layer such as " + layer);
  }

  private int[] dense(Tape tape, int layer, int[] x) {
    int weight = offset(layer, Role.WEIGHT);
    int bias = offset(layer, Role.BIAS);
    int[] y = new int[shapes.get(layer + 1).size()];
    for (int o = 0; o < y.length; o++) {
      y[o] = bias + o;
      for (int i = 0; i < x.length; i++) {
        y[o] = tape.add(y[o], tape.multiply(weight + o * x.length + i, x[i]));
      }
    }
    return y;
  }

  private int[] convolve(Tape tape, int layer, Layer.Conv2d conv, int[] x) {
    Image in = (Image) shapes.get(layer);
    Image out = (Image) shapes.get(layer + 1);
    int top = border(conv, in.height(), out.height());
    int left = border(conv, in.width(), out.width());
    int weights = offset(layer, Role.WEIGHT);
    int[] y = new int[out.size()];
    for (int f = 0; f < out.channels(); f++) {
      for (int row = 0; row < out.height(); row++) {
        for (int column = 0; column < out.width(); column++) {
          int sum = offset(layer, Role.BIAS) + f;
          for (int c = 0; c < in.channels(); c++) {
            for (int ky = 0; ky < conv.kernel(); ky++) {
              for (int kx = 0; kx < conv.kernel(); kx++) {
                int iy = row * conv.stride() - top + ky;
                int ix = column * conv.stride() - left + kx;
                if (iy >= 0 && iy < in.height() && ix >= 0 && ix < in.width()) {
                  int weight =
                      weights + ((f * in.channels() + c) * conv.kernel() + ky) * conv.kernel() + kx;
                  sum = tape.add(sum, tape.multiply(weight, x[pixel(in, c, iy, ix)]));
                }
              }
            }
          }
          y[pixel(out, f, row, column)] = sum;
        }
      }
    }
    return y;
  }

  private static int border(Layer.Conv2d conv, int in, int out) {
    return conv.padding() == Padding.VALID
        ? 0
        : Math.max(0, (out - 1) * conv.stride() + conv.kernel() - in) / 2;
  }

  private int[] pool(Tape tape, int layer, int kernel, int stride, boolean max, int[] x) {
    Image in = (Image) shapes.get(layer);
    Image out = (Image) shapes.get(layer + 1);
    int[] y = new int[out.size()];
    for (int c = 0; c < out.channels(); c++) {
      for (int row = 0; row < out.height(); row++) {
        for (int column = 0; column < out.width(); column++) {
          int[] window = new int[kernel * kernel];
          for (int k = 0; k < window.length; k++) {
            window[k] = x[pixel(in, c, row * stride + k / kernel, column * stride + k % kernel)];
          }
          y[pixel(out, c, row, column)] = max ? largest(tape, window) : tape.mean(window);
        }
      }
    }
    return y;
  }

  private static int largest(Tape tape, int[] window) {
    int best = window[0];
    for (int candidate : window) {
      best = tape.value(candidate) > tape.value(best) ? candidate : best;
    }
    return best;
  }

  private int[][] batchNorm(Tape tape, int layer, Layer.BatchNorm norm, int[][] x) {
    int features = shapes.get(layer) instanceof Image image ? image.channels() : x[0].length;
    int pixels = x[0].length / features;
    int[][] y = new int[x.length][x[0].length];
    for (int c = 0; c < features; c++) {
      int[] column = new int[x.length * pixels];
      for (int i = 0; i < column.length; i++) {
        column[i] = x[i / pixels][c * pixels + i % pixels];
      }
      int[] normal = normalise(tape, column, norm.epsilon());
      for (int i = 0; i < column.length; i++) {
        int scaled = tape.multiply(offset(layer, Role.GAIN) + c, normal[i]);
        y[i / pixels][c * pixels + i % pixels] = tape.add(scaled, offset(layer, Role.SHIFT) + c);
      }
    }
    return y;
  }

  private int[] layerNorm(Tape tape, int layer, Layer.LayerNorm norm, int[] x) {
    int[] normal = normalise(tape, x, norm.epsilon());
    int[] y = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      int scaled = tape.multiply(offset(layer, Role.GAIN) + i, normal[i]);
      y[i] = tape.add(scaled, offset(layer, Role.SHIFT) + i);
    }
    return y;
  }

  private static int[] normalise(Tape tape, int[] x, double epsilon) {
    int mean = tape.mean(x);
    int[] centred = new int[x.length];
    int[] squares = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      centred[i] = tape.subtract(x[i], mean);
      squares[i] = tape.multiply(centred[i], centred[i]);
    }
    int variance = tape.mean(squares);
    double r = 1 / Math.sqrt(tape.value(variance) + epsilon);
    int inverse = tape.map(variance, r, -0.5 * r * r * r);
    int[] normal = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      normal[i] = tape.multiply(centred[i], inverse);
    }
    return normal;
  }

  private static int[] activate(Tape tape, Layer.Activation activation, int[] x) {
    int[] y = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      double v = tape.value(x[i]);
      y[i] =
          switch (activation.function()) {
            case RELU -> tape.map(x[i], Math.max(0, v), v > 0 ? 1 : 0);
            case LEAKY_RELU -> tape.map(x[i], v > 0 ? v : 0.01f * v, v > 0 ? 1 : 0.01f);
            case TANH -> tape.map(x[i], Math.tanh(v), 1 - Math.tanh(v) * Math.tanh(v));
            case IDENTITY -> x[i];
          };
    }
    return y;
  }

  private static int pixel(Image image, int channel, int y, int x) {
    return (channel * image.height() + y) * image.width() + x;
  }

  private int offset(int layer, Role role) {
    for (ParameterTensor tensor : layout.tensors()) {
      if (tensor.layer() == layer && tensor.role() == role) {
        return tensor.offset();
      }
    }
    throw new IllegalStateException("layer " + layer + " has no " + role);
  }

  private interface RowMap {
    int[] apply(int[] row);
  }

  private static int[][] each(int[][] x, RowMap map) {
    int[][] y = new int[x.length][];
    for (int i = 0; i < x.length; i++) {
      y[i] = map.apply(x[i]);
    }
    return y;
  }
}
