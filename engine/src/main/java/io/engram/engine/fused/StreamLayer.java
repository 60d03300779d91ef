package io.engram.engine.fused;

import io.engram.core.compute.StreamBatch;
import io.engram.core.compute.StreamVector;
import io.engram.core.network.Layer.Function;

/**
 * One dense layer of a {@link StreamNetwork} and the activation behind it. Each of its input units has a row of weights in the vector, the
 * biases are the row after them.
 *
 * <p>A single example goes by rows, so that an input of zero costs nothing; several go through BLAS, but for the first layer's forward
 * pass, where four fifths of the input is zero.
 */
final class StreamLayer {

  /** From this many examples on the first layer's forward pass is faster by BLAS as well. */
  private static final int PRODUCTS_FROM = 16;

  final int in;
  final int out;

  /** First row of weights; row {@code first + in} holds the biases. */
  final int first;

  final Function function;

  /** [examples][out] after the activation. */
  float[][] activations = new float[0][];

  /** [examples][out] ∂L/∂z, z before the activation. */
  float[][] delta = new float[0][];

  private final ActiveRows input;
  private final DenseProducts products;
  private final BatchGradient gradient;
  private int examples;
  private boolean loaded;

  StreamLayer(int in, int out, int first, Function function) {
    this.in = in;
    this.out = out;
    this.first = first;
    this.function = function;
    this.input = new ActiveRows();
    this.products = new DenseProducts(in, out, first);
    this.gradient = new BatchGradient(in, out);
  }

  /** One past its last row. */
  int end() {
    return first + in + 1;
  }

  /** Computes the activations of the first layer. */
  void forward(StreamVector weights, StreamBatch batch) {
    begin(batch.size());
    input.load(batch);
    loaded = examples >= PRODUCTS_FROM;
    if (loaded) {
      gradient.load(input);
      forwardByProducts(weights.rows());
    } else {
      forwardByRows(weights.rows());
    }
  }

  /** Computes the activations from those of the layer below. */
  void forward(StreamVector weights, StreamLayer below) {
    begin(below.examples);
    if (examples == 1) {
      input.load(below.activations[0]);
      forwardByRows(weights.rows());
      return;
    }
    loaded = true;
    gradient.load(below.activations, examples);
    forwardByProducts(weights.rows());
  }

  private void begin(int size) {
    examples = size;
    if (activations.length < size) {
      activations = new float[2 * size][out];
      delta = new float[2 * size][out];
    }
  }

  private void forwardByProducts(float[][] rows) {
    products.forward(rows, gradient, activations, examples);
    for (int b = 0; b < examples; b++) {
      activate(activations[b]);
    }
  }

  private void forwardByRows(float[][] rows) {
    for (int b = 0; b < examples; b++) {
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
      Rows.add(
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
      Rows.add(x[k], rows[first + unit[k]], z);
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
    if (examples == 1) {
      backwardByRows(weights.rows(), below);
    } else {
      products.backward(weights.rows(), delta, below.delta, examples);
    }
    for (int b = 0; b < examples; b++) {
      below.slope(below.activations[b], below.delta[b]);
    }
  }

  private void backwardByRows(float[][] rows, StreamLayer below) {
    boolean atRestCounts = below.function != Function.RELU;
    float[] a = below.activations[0];
    float[] target = below.delta[0];
    for (int i = 0; i < in; i++) {
      target[i] = atRestCounts || a[i] != 0 ? Rows.dot(rows[first + i], delta[0]) : 0f;
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

  /** Makes ∂L/∂weights ready for {@link #addTo} and {@link #addProduct}; after all deltas are there. */
  void takeGradient() {
    if (examples > 1) {
      loadInputs();
      gradient.take(delta);
    }
  }

  private void loadInputs() {
    if (!loaded) {
      gradient.load(input);
      loaded = true;
    }
  }

  /** target ← target + scale·∂L/∂weights. */
  void addTo(StreamVector target, float scale) {
    float[][] rows = target.rows();
    if (examples > 1) {
      gradient.addTo(rows, first, scale);
      return;
    }
    // The gradient of one example is x·δᵀ; the biases have x = 1.
    for (int k = 0; k < input.start[1]; k++) {
      Rows.add(scale * input.value[k], delta[0], rows[first + input.unit[k]]);
    }
    Rows.add(scale, delta[0], rows[first + in]);
  }

  /** target ← target + scale·(factor ∘ ∂L/∂weights); returns the sum of the squares of ∂L/∂weights. */
  double addProduct(StreamVector target, StreamVector factor, float scale) {
    float[][] rows = target.rows();
    float[][] factors = factor.rows();
    if (examples > 1) {
      return gradient.addProduct(rows, factors, first, scale);
    }
    double inputs = 1;
    for (int k = 0; k < input.start[1]; k++) {
      float x = input.value[k];
      int row = first + input.unit[k];
      Rows.addProduct(scale * x, factors[row], delta[0], rows[row]);
      inputs += x * x;
    }
    Rows.addProduct(scale, factors[first + in], delta[0], rows[first + in]);
    return inputs * Rows.dot(delta[0], delta[0]);
  }

  /** squares ← squares + Σ over examples of (∂ℓ/∂weights)², which is (x²)ᵀδ². */
  void addSquares(StreamVector sum) {
    float[][] rows = sum.rows();
    for (int b = 0; b < examples; b++) {
      Rows.square(delta[b], delta[b]);
    }
    if (examples == 1) {
      for (int k = 0; k < input.start[1]; k++) {
        float x = input.value[k];
        Rows.add(x * x, delta[0], rows[first + input.unit[k]]);
      }
      Rows.add(1f, delta[0], rows[first + in]);
      return;
    }
    loadInputs();
    gradient.squareInputs();
    gradient.take(delta);
    gradient.addTo(rows, first, 1f);
  }
}
