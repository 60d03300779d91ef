package io.engram.engine.fused;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The first layer of a network, where that is dense, under gradient descent on one fixed batch: forward and backward in dual
 * form ({@link DualMatrix}), and the same for the cotangent that second order carries back. Neither the weights between the first
 * and the last step nor their gradients ever exist.
 */
final class DualLayer implements AutoCloseable {

  private final Dense layer;
  private final DualMatrix weights;
  private final DualMatrix cotangent;
  private final Slab gram = new Slab();
  private @Nullable Slab inputs;
  private int n;

  DualLayer(Dense layer) {
    this.layer = layer;
    this.weights = new DualMatrix(layer.inputs(), layer.outputs());
    this.cotangent = new DualMatrix(layer.inputs(), layer.outputs());
  }

  /** Whether it takes fewer multiplications than the plain way: {@code steps} times forward and backward. */
  boolean pays(int examples, int steps) {
    long wide = (long) examples * layer.inputs() * layer.outputs();
    long square = (long) examples * examples;
    long dual = 2 * wide + square * layer.inputs() + (long) steps * square * layer.outputs();
    return dual < 2L * steps * wide;
  }

  /** The tensor that this takes care of; the others of the layer are moved as usual. */
  int tensor() {
    return layer.weight();
  }

  /** Begins an inner loop on {@code batch} at {@code w}. */
  void start(Batch batch, Parameters w) {
    Slab x = batch.inputs.value;
    inputs = x;
    n = batch.size();
    Gemm.NT.multiply(
        n, n, layer.inputs(), 1f, x.readNative(), x.readNative(), 0f, gram.writeNative(n * n));
    weights.start(x, n, w.tensor(tensor()));
  }

  /** The layer's output at the current weights and {@code w}'s bias. */
  void forward(Frame out, Parameters w) {
    fill(out.value, weights.image(), 1f);
    layer.addBias(out, out.value, w, n);
  }

  /** Moves the weights down their gradient; the bias's gradient goes to the sink. */
  void backward(Frame out, Sink sink, float step) {
    weights.subtract(step, gram, out.gradient);
    layer.biasGradient(out, out.gradient, sink, n);
  }

  /** Writes the weights reached to {@code w}, which holds those of the start. */
  void finish(Parameters w) {
    weights.finish(inputs(), w.tensor(tensor()));
  }

  /** Begins the way back at the cotangent {@code v} of the last step's result. */
  void startCotangent(Parameters v) {
    cotangent.start(inputs(), n, v.tensor(tensor()));
  }

  /** Tangent of {@link #forward} along step·(the cotangent's weights) and the bias of {@code u}. */
  void forwardTangent(Frame out, Frame tout, Parameters u, float step) {
    tout.still = false;
    fill(tout.value, cotangent.image(), step);
    layer.addBias(out, tout.value, u, n);
  }

  /** Subtracts the tangent of the gradient from the cotangent; that of the bias goes to the sink. */
  void backwardTangent(Frame tout, Sink sink) {
    cotangent.subtract(1f, gram, tout.gradient);
    layer.biasGradient(tout, tout.gradient, sink, n);
  }

  /** ⟨gradient of the weights in the pass of {@code out}, the cotangent⟩, without either. */
  double dot(Frame out) {
    return dot(out.gradient.readHeap(), cotangent.image(), n * layer.outputs());
  }

  /** Writes the cotangent reached to {@code v}, which holds that of the start. */
  void finishCotangent(Parameters v) {
    cotangent.finish(inputs(), v.tensor(tensor()));
  }

  private Slab inputs() {
    return requireNonNull(inputs, "a dual layer needs start before use");
  }

  private void fill(Slab into, float[] from, float scale) {
    scale(from, scale, into.writeHeap(n * layer.outputs()), n * layer.outputs());
  }

  private static void scale(float[] from, float scale, float[] into, int count) {
    for (int i = 0; i < count; i++) {
      into[i] = scale * from[i];
    }
  }

  private static double dot(float[] a, float[] b, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @Override
  public void close() {
    weights.close();
    cotangent.close();
    gram.close();
  }
}
