package io.engram.engine.fused;

import io.engram.core.network.Layer.Function;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * One dense layer of a {@link StreamNetwork} and the activation behind it. In a vector each input unit has its weights side by side, the biases follow as those of
 * a unit that is always one. Products are by {@link Simd} on the vector itself, or by BLAS
 * on native copies of the weights in use.
 */
final class StreamLayer implements AutoCloseable {

  final int in;
  final int out;

  /** Where its weights start in a vector; those of input unit i at {@code start + i·out}. */
  final int start;

  /** [examples, out + 1] after the activation; then a one, for the biases of the layer above. */
  final Slab outputs = new Slab();

  /** [examples, out + 1] ∂L/∂z, z before the activation; the last column means nothing. */
  final Slab deltas = new Slab();

  private final Function function;
  private final int stride;
  private final boolean first;
  private @Nullable StreamInputs source;
  private Strips strips;
  private Slab inputs;
  private final Slab weights = new Slab();
  private final Submatrix left = new Submatrix();
  private final Submatrix right = new Submatrix();
  private final Submatrix into = new Submatrix();
  private int examples;

  /** The first layer, which leaves blank columns out; it reads what {@link #read} says. */
  StreamLayer(StreamInputs inputs, int in, int out, Function function) {
    this(inputs.strips, inputs.values, in, out, 0, function);
  }

  /** A layer above another. */
  StreamLayer(StreamLayer below, int out, Function function) {
    this(new Strips(below.out + 1), below.outputs, below.out, out, below.end(), function);
    int[] all = new int[in + 1];
    Arrays.fill(all, 1);
    strips.take(all);
  }

  private StreamLayer(Strips strips, Slab inputs, int in, int out, int start, Function function) {
    this.first = start == 0;
    this.strips = strips;
    this.inputs = inputs;
    this.in = in;
    this.out = out;
    this.start = start;
    this.function = function;
    this.stride = out + 1;
  }

  /** Closes what is its own; its inputs are another's. */
  @Override
  public void close() {
    outputs.close();
    deltas.close();
    weights.close();
  }

  /** One past its last weight. */
  int end() {
    return start + (in + 1) * out;
  }

  /** The columns of its inputs. */
  Strips strips() {
    return strips;
  }

  /** Floats from one example to the next in {@link #outputs} and {@link #deltas}. */
  int stride() {
    return stride;
  }

  /** From now on its inputs are these. */
  void read(StreamInputs from) {
    source = from;
    strips = from.strips;
    inputs = from.values;
  }

  /** Computes the outputs from the inputs. */
  void forward(float[] theta, int size) {
    examples = size;
    SparseRows sparse = sparse();
    if (sparse != null) {
      sparse.multiply(out, theta, start, Simd.at(outputs.writeNative(size * stride)), stride);
    } else if (Simd.PRESENT) {
      Simd.multiplyRuns(
          strips.runUnits(),
          strips.runColumns(),
          strips.runs(),
          examples,
          out,
          Simd.at(inputs.readNative()),
          strips.columns(),
          theta,
          start,
          Simd.at(outputs.writeNative(examples * stride)),
          stride);
    } else {
      forwardByBlas(theta);
    }
    activate();
  }

  private void forwardByBlas(float[] theta) {
    int columns = strips.columns();
    FloatBuffer copies = weights.writeNativeView((first ? Strips.WIDTH : columns) * out);
    for (int s = 0; s < strips.count(); s++) {
      int from = strips.from(s);
      // Those of the first layer are not needed again and stay in the first cache.
      int at = first ? 0 : from * out;
      copyWeights(s, theta, copies, at);
      FloatPointer sums = s == 0 ? outputs.writeNative(examples * stride) : outputs.updateNative();
      left.at(inputs.readNative(), from, columns);
      right.at(weights.readNative(), at, out);
      into.at(sums, 0, stride);
      Gemm.NN.multiply(examples, out, strips.width(s), left, right, s == 0 ? 0f : 1f, into);
    }
  }

  private void copyWeights(int s, float[] theta, FloatBuffer copies, int at) {
    for (int r = strips.firstRun(s); r < strips.firstRun(s + 1); r++) {
      copies.put(
          at + (strips.runColumn(r) - strips.from(s)) * out,
          theta,
          start + strips.unit(r) * out,
          strips.length(r) * out);
    }
  }

  private void activate() {
    int until = examples * stride;
    switch (function) {
      case RELU -> Gate.rectify(outputs, 0f, outputs, until);
      case LEAKY_RELU -> Gate.rectify(outputs, 0.01f, outputs, until);
      case TANH -> {
        float[] a = outputs.updateHeap();
        for (int i = 0; i < until; i++) {
          a[i] = (float) Math.tanh(a[i]);
        }
      }
      case IDENTITY -> {}
    }
    if (Simd.PRESENT) {
      outputs.updateNative();
      FloatBuffer a = outputs.readNativeView();
      for (int b = 0; b < examples; b++) {
        a.put(b * stride + out, 1f);
      }
    } else {
      float[] a = outputs.updateHeap();
      for (int b = 0; b < examples; b++) {
        a[b * stride + out] = 1f;
      }
    }
  }

  /** Writes ∂L/∂z of the layer below, which this layer's input came from; with the weights of the forward pass. */
  void backward(StreamLayer below, float[] theta) {
    if (Simd.PRESENT) {
      Simd.multiplyByRows(
          examples,
          in,
          out,
          Simd.at(deltas.readNative()),
          stride,
          theta,
          start,
          Simd.at(below.deltas.writeNative(examples * below.stride)),
          below.stride);
    } else {
      backwardByBlas(below);
    }
    below.slope();
  }

  private void backwardByBlas(StreamLayer below) {
    int width = Gemm.transposedWidth(examples, in, out);
    for (int column = 0; column < in; column += width) {
      FloatPointer errors =
          column == 0
              ? below.deltas.writeNative(examples * below.stride)
              : below.deltas.updateNative();
      left.at(deltas.readNative(), 0, stride);
      right.at(weights.readNative(), column * out, out);
      into.at(errors, column, below.stride);
      Gemm.NT.multiply(examples, Math.min(width, in - column), out, left, right, 0f, into);
    }
  }

  /** Δ ← Δ ∘ f′(z), f′ told from a = f(z). */
  private void slope() {
    int until = examples * stride;
    switch (function) {
      case RELU -> Gate.pass(outputs, 0f, deltas, deltas, until);
      case LEAKY_RELU -> Gate.pass(outputs, 0.01f, deltas, deltas, until);
      case TANH -> {
        float[] d = deltas.updateHeap();
        float[] a = outputs.readHeap();
        for (int i = 0; i < until; i++) {
          d[i] *= 1 - a[i] * a[i];
        }
      }
      case IDENTITY -> {}
    }
  }

  /** Writes the mean |a| of each unit in the last pass, times the sum of its weights' magnitudes in the layer above. */
  void contributions(StreamLayer above, float[] theta, float[] into, int at) {
    float[] a = outputs.readHeap();
    for (int unit = 0; unit < out; unit++) {
      float sum = 0;
      for (int b = 0; b < examples; b++) {
        sum += Math.abs(a[b * stride + unit]);
      }
      into[at + unit] =
          sum / examples * Spans.magnitude(theta, above.start + unit * above.out, above.out);
    }
  }

  /** product ← columns of Xᵀ · Δ. */
  void multiply(int from, int width, Slab product) {
    left.at(inputs.readNative(), from, strips.columns());
    right.at(deltas.readNative(), 0, stride);
    into.at(product.writeNative(width * out), 0, out);
    Gemm.TN.multiply(width, out, examples, left, right, 0f, into);
  }

  /** Its inputs without their zeros, if that is the way to multiply them. */
  @Nullable SparseRows sparse() {
    return source == null ? null : source.sparse();
  }

  /** Address of the inputs, [examples, columns of the strips]. */
  long inputsAt() {
    return Simd.at(inputs.readNative());
  }

  /** Examples of the last pass. */
  int examples() {
    return examples;
  }

  /** X ← X ∘ X and Δ ← Δ ∘ Δ: the gradient is then the sum of the examples' squared ones. */
  void square() {
    if (source != null) {
      source.square();
    } else {
      Spans.square(inputs.updateHeap(), inputs.size());
    }
    Spans.square(deltas.updateHeap(), deltas.size());
  }
}
