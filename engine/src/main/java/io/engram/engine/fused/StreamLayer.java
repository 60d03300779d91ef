package io.engram.engine.fused;

import io.engram.core.compute.StreamVector;
import io.engram.core.network.Layer.Function;
import java.util.Arrays;

/**
 * One dense layer of a {@link StreamNetwork} and the activation behind it. Each of its input units has a row of weights in the vector, the
 * biases are the row after them, so that an input of zero costs nothing.
 */
final class StreamLayer {

  /** From this many examples on, one transposition of the weights is cheaper than dot products along their rows. */
  private static final int TRANSPOSE_FROM = 4;

  final int in;
  final int out;

  /** First row of weights; row {@code first + in} holds the biases. */
  final int first;

  final Function function;
  final ActiveRows input;

  /** [examples][out] after the activation. */
  float[][] activations = new float[0][];

  /** [examples][out] ∂L/∂z, z before the activation. */
  float[][] delta = new float[0][];

  private final float[] sum;
  private float[][] transposed = new float[0][];
  private float[][] squaredDelta = new float[0][];
  private float[][] gradient = new float[0][];

  StreamLayer(int in, int out, int first, Function function) {
    this.in = in;
    this.out = out;
    this.first = first;
    this.function = function;
    this.input = new ActiveRows(in);
    this.sum = new float[out];
  }

  /** One past its last row. */
  int end() {
    return first + in + 1;
  }

  /** Computes the activations from {@link #input}. */
  void forward(StreamVector weights) {
    float[][] rows = weights.rows();
    if (activations.length < input.examples) {
      activations = new float[2 * input.examples][out];
      delta = new float[2 * input.examples][out];
    }
    for (int b = 0; b < input.examples; b++) {
      float[] z = activations[b];
      System.arraycopy(rows[first + in], 0, z, 0, out);
      gather(rows, b, z);
      activate(z);
    }
  }

  /** z ← z + Σ value·row of its unit, four rows at a time. */
  private void gather(float[][] rows, int b, float[] z) {
    int[] unit = input.unit;
    float[] x = input.value;
    int k = input.start[b];
    int until = input.start[b + 1];
    for (; k + 4 <= until; k += 4) {
      add(
          x[k],
          rows[first + unit[k]],
          x[k + 1],
          rows[first + unit[k + 1]],
          x[k + 2],
          rows[first + unit[k + 2]],
          x[k + 3],
          rows[first + unit[k + 3]],
          z);
    }
    for (; k < until; k++) {
      add(x[k], rows[first + unit[k]], z);
    }
  }

  private void activate(float[] a) {
    switch (function) {
      case RELU -> {
        for (int i = 0; i < a.length; i++) {
          a[i] = Math.max(a[i], 0f);
        }
      }
      case LEAKY_RELU -> {
        for (int i = 0; i < a.length; i++) {
          a[i] = a[i] > 0 ? a[i] : 0.01f * a[i];
        }
      }
      case TANH -> {
        for (int i = 0; i < a.length; i++) {
          a[i] = (float) Math.tanh(a[i]);
        }
      }
      case IDENTITY -> {}
    }
  }

  /** Writes ∂L/∂z of the layer below, which this layer's input came from. */
  void backward(StreamVector weights, StreamLayer below) {
    boolean transposing = input.examples >= TRANSPOSE_FROM;
    if (transposing) {
      transpose(weights.rows());
    }
    for (int b = 0; b < input.examples; b++) {
      if (transposing) {
        throughColumns(delta[b], below.delta[b]);
      } else {
        throughRows(weights.rows(), delta[b], below, b);
      }
      below.slope(below.activations[b], below.delta[b]);
    }
  }

  private void transpose(float[][] rows) {
    if (transposed.length == 0) {
      transposed = new float[out][in];
    }
    for (int o = 0; o < out; o++) {
      float[] column = transposed[o];
      for (int i = 0; i < in; i++) {
        column[i] = rows[first + i][o];
      }
    }
  }

  private void throughColumns(float[] d, float[] target) {
    Arrays.fill(target, 0f);
    int o = 0;
    for (; o + 4 <= out; o += 4) {
      add(
          d[o],
          transposed[o],
          d[o + 1],
          transposed[o + 1],
          d[o + 2],
          transposed[o + 2],
          d[o + 3],
          transposed[o + 3],
          target);
    }
    for (; o < out; o++) {
      add(d[o], transposed[o], target);
    }
  }

  private void throughRows(float[][] rows, float[] d, StreamLayer below, int b) {
    boolean atRestCounts = below.function != Function.RELU;
    float[] a = below.activations[b];
    float[] target = below.delta[b];
    for (int i = 0; i < in; i++) {
      target[i] = atRestCounts || a[i] != 0 ? dot(rows[first + i], d) : 0f;
    }
  }

  /** d ← d ∘ f′(z), f′ told from a = f(z). */
  private void slope(float[] a, float[] d) {
    switch (function) {
      case RELU -> {
        for (int i = 0; i < d.length; i++) {
          d[i] = a[i] > 0 ? d[i] : 0f;
        }
      }
      case LEAKY_RELU -> {
        for (int i = 0; i < d.length; i++) {
          d[i] = a[i] > 0 ? d[i] : 0.01f * d[i];
        }
      }
      case TANH -> {
        for (int i = 0; i < d.length; i++) {
          d[i] *= 1 - a[i] * a[i];
        }
      }
      case IDENTITY -> {}
    }
  }

  /** target ← target + scale·∂L/∂weights. */
  void update(StreamVector target, float scale) {
    float[][] rows = target.rows();
    if (input.examples == 1) {
      for (int k = 0; k < input.start[1]; k++) {
        add(scale * input.value[k], delta[0], rows[first + input.unit[k]]);
      }
      add(scale, delta[0], rows[first + in]);
      return;
    }
    for (int r = 0; r < input.rows; r++) {
      sumRow(r, delta, sum);
      add(scale, sum, rows[first + input.row[r]]);
    }
    sumBiases(delta, sum);
    add(scale, sum, rows[first + in]);
  }

  /** Computes ∂L/∂weights for the rows that have one; returns the sum of its squares. */
  double gradient() {
    if (gradient.length == 0) {
      gradient = new float[in + 1][out];
    }
    double squares = 0;
    for (int r = 0; r < input.rows; r++) {
      float[] row = gradient[input.row[r]];
      sumRow(r, delta, row);
      squares += dot(row, row);
    }
    sumBiases(delta, gradient[in]);
    return squares + dot(gradient[in], gradient[in]);
  }

  /** target ← target − scale·(steps ∘ ∂L/∂weights), after {@link #gradient}. */
  void apply(StreamVector target, StreamVector steps, float scale) {
    float[][] rows = target.rows();
    float[][] stepRows = steps.rows();
    for (int r = 0; r < input.rows; r++) {
      int row = input.row[r];
      descend(scale, stepRows[first + row], gradient[row], rows[first + row]);
    }
    descend(scale, stepRows[first + in], gradient[in], rows[first + in]);
  }

  /** squares ← squares + Σ over examples of (∂ℓ/∂weights)², which is (x²)ᵀδ². */
  void addSquares(StreamVector squares) {
    float[][] rows = squares.rows();
    if (squaredDelta.length < input.examples) {
      squaredDelta = new float[2 * input.examples][out];
    }
    for (int b = 0; b < input.examples; b++) {
      for (int o = 0; o < out; o++) {
        squaredDelta[b][o] = delta[b][o] * delta[b][o];
      }
    }
    for (int k = 0; k < input.rowStart[input.rows]; k++) {
      input.rowValue[k] *= input.rowValue[k];
    }
    for (int r = 0; r < input.rows; r++) {
      sumRow(r, squaredDelta, sum);
      add(1f, sum, rows[first + input.row[r]]);
    }
    sumBiases(squaredDelta, sum);
    add(1f, sum, rows[first + in]);
  }

  /** to ← Σ over the examples of row r of x·d. */
  private void sumRow(int r, float[][] d, float[] to) {
    float[] x = input.rowValue;
    int[] example = input.example;
    int k = input.rowStart[r];
    int until = input.rowStart[r + 1];
    Arrays.fill(to, 0f);
    for (; k + 4 <= until; k += 4) {
      add(
          x[k],
          d[example[k]],
          x[k + 1],
          d[example[k + 1]],
          x[k + 2],
          d[example[k + 2]],
          x[k + 3],
          d[example[k + 3]],
          to);
    }
    for (; k < until; k++) {
      add(x[k], d[example[k]], to);
    }
  }

  private void sumBiases(float[][] d, float[] to) {
    Arrays.fill(to, 0f);
    for (int b = 0; b < input.examples; b++) {
      add(1f, d[b], to);
    }
  }

  private static void add(float x, float[] row, float[] to) {
    for (int o = 0; o < to.length; o++) {
      to[o] += x * row[o];
    }
  }

  private static void add(
      float x, float[] p, float y, float[] q, float z, float[] r, float u, float[] s, float[] to) {
    for (int o = 0; o < to.length; o++) {
      to[o] += x * p[o] + y * q[o] + z * r[o] + u * s[o];
    }
  }

  private static void descend(float scale, float[] steps, float[] gradient, float[] to) {
    for (int o = 0; o < to.length; o++) {
      to[o] -= scale * (steps[o] * gradient[o]);
    }
  }

  /** Four sums side by side, since the compiler must not reorder a float sum. */
  private static float dot(float[] x, float[] y) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int o = 0;
    for (; o + 4 <= x.length; o += 4) {
      a += x[o] * y[o];
      b += x[o + 1] * y[o + 1];
      c += x[o + 2] * y[o + 2];
      d += x[o + 3] * y[o + 3];
    }
    for (; o < x.length; o++) {
      a += x[o] * y[o];
    }
    return (a + b) + (c + d);
  }
}
