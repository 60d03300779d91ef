package io.engram.engine.fused;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The first convolution of a network with the batch-norm and the rectifier behind it, as one operation.
 *
 * <p>Its patches are those of the network's input, which stays while parameters move. So what batch-norm needs to know about
 * the convolution's output, its mean and variance, follows from the patches' mean and covariance without looking at that output
 * ({@link FoldedNorm}): forward is one product with folded filters, backward one product with the gated gradient. That
 * saves the passes over the widest array of the network.
 */
final class Stem implements Operation {

  /** Longer patches than this cost more in their covariance than the passes they save. */
  static final int LONGEST_PATCH = 32;

  /** Elements rectified or gated at a time, while they are in the first cache. */
  private static final int BLOCK = 2048;

  private final Patches patches;
  private final int filters;
  private final int k;
  private final float epsilon;
  private final float slope;
  private final int bias;
  private final FoldedNorm.Tensors tensors;

  /**
   * For the patches of a window.
   *
   * @param bias the convolution's bias; it has no effect and no gradient, since batch-norm subtracts it again
   * @param slope of the rectifier below zero: 1 where there is none
   */
  Stem(Window window, float epsilon, float slope, int bias, FoldedNorm.Tensors tensors) {
    this.patches = new Patches(window);
    this.filters = window.output().channels();
    this.k = patches.rowLength();
    this.epsilon = epsilon;
    this.slope = slope;
    this.bias = bias;
    this.tensors = tensors;
  }

  @Override
  public Frame inputFrame() {
    return new Input(patches);
  }

  @Override
  public Frame frame(Frame input) {
    return new State(new FoldedNorm(filters, k, epsilon, tensors));
  }

  @Override
  public void forward(Frame in, Frame out, Parameters w, int n) {
    CentredPatches p = ((Input) in).patches;
    State s = (State) out;
    p.update(in.value, n);
    s.norm.fold(p.covariance(), w, s.folded.writeHeap((k + 1) * filters));
    int count = patches.rows(n) * filters;
    if (Simd.PRESENT) {
      multiply(p, s, n, out.value);
      Gate.rectify(out.value, slope, out.value, count);
      return;
    }
    float[] y = out.value.writeHeap(count);
    FloatBuffer product = product(p, s, n);
    for (int from = 0; from < count; from += BLOCK) {
      int to = Math.min(count, from + BLOCK);
      product.get(from, y, from, to - from);
      Gate.rectify(y, slope, y, from, to);
    }
  }

  @Override
  public void backward(Frame in, Frame out, Parameters w, Sink sink, int n, boolean intoInput) {
    State s = (State) out;
    float[] a = sums(((Input) in).patches, s, out.gradient, out.value, n);
    s.norm.gradient(a, w);
    deliver(s.norm, sink);
  }

  @Override
  public void forwardTangent(TangentSite site, Parameters w, Parameters u) {
    int n = site.examples;
    CentredPatches p = ((Input) site.in).patches;
    FoldedNorm primal = ((State) site.out).norm;
    State t = (State) site.tout;
    t.norm.foldTangent(primal, p.covariance(), w, u, t.folded.writeHeap((k + 1) * filters));
    int count = patches.rows(n) * filters;
    if (Simd.PRESENT) {
      multiply(p, t, n, site.tout.value);
      Gate.pass(site.out.value, slope, site.tout.value, site.tout.value, count);
      return;
    }
    float[] y = site.out.value.readHeap();
    float[] ty = site.tout.value.writeHeap(count);
    FloatBuffer product = product(p, t, n);
    for (int from = 0; from < count; from += BLOCK) {
      int to = Math.min(count, from + BLOCK);
      product.get(from, ty, from, to - from);
      Gate.pass(y, slope, ty, ty, from, to);
    }
  }

  @Override
  public void backwardTangent(
      TangentSite site, Parameters w, Parameters u, Sink sink, boolean intoInput) {
    State s = (State) site.out;
    State t = (State) site.tout;
    float[] ta =
        sums(((Input) site.in).patches, t, site.tout.gradient, site.out.value, site.examples);
    if (site.moving) {
      t.norm.gradientTangent(s.norm, s.sums.readHeap(), ta, w, u);
      deliver(t.norm, sink);
    } else {
      // The gradient is linear in its sums, and nothing else of it moves.
      s.norm.gradient(ta, w);
      deliver(s.norm, sink);
    }
  }

  /** P̃·W′ [rows, filters]. */
  private FloatBuffer product(CentredPatches p, State s, int n) {
    multiply(p, s, n, s.wide);
    return s.wide.readNativeView();
  }

  private void multiply(CentredPatches p, State s, int n, Slab into) {
    int rows = patches.rows(n);
    FloatPointer a = p.values().readNative();
    Gemm.NN.multiply(
        rows, filters, k + 1, 1f, a, s.folded.readNative(), 0f, into.writeNative(rows * filters));
  }

  /** P̃ᵀ·(gated g) [k + 1, filters]. */
  private float[] sums(CentredPatches p, State s, Slab gradient, Slab value, int n) {
    int rows = patches.rows(n);
    int count = rows * filters;
    Slab gated = gate(s, gradient, value, count);
    Gemm.TN.multiply(
        k + 1,
        filters,
        rows,
        1f,
        p.values().readNative(),
        gated.readNative(),
        0f,
        s.sums.writeNative((k + 1) * filters));
    return s.sums.readHeap();
  }

  /** Gates g and returns it where products want it. */
  private Slab gate(State s, Slab gradient, Slab value, int count) {
    if (Simd.PRESENT) {
      Gate.pass(value, slope, gradient, gradient, count);
      return gradient;
    }
    float[] g = gradient.updateHeap();
    float[] y = value.readHeap();
    FloatBuffer gated = s.wide.writeNativeView(count);
    for (int from = 0; from < count; from += BLOCK) {
      int to = Math.min(count, from + BLOCK);
      Gate.pass(y, slope, g, g, from, to);
      gated.put(from, g, from, to - from);
    }
    return s.wide;
  }

  private void deliver(FoldedNorm norm, Sink sink) {
    sink.zero(bias, filters);
    sink.vector(tensors.weight(), norm.filterGradient, filters * k);
    sink.vector(tensors.gain(), norm.gainGradient, filters);
    sink.vector(tensors.shift(), norm.shiftGradient, filters);
  }

  private static final class Input extends Frame {
    final CentredPatches patches;

    Input(Patches patches) {
      this.patches = new CentredPatches(patches);
    }

    @Override
    public void close() {
      super.close();
      patches.close();
    }
  }

  private static final class State extends Frame {
    final FoldedNorm norm;
    final Slab folded = new Slab();
    final Slab wide = new Slab();
    final Slab sums = new Slab();

    State(FoldedNorm norm) {
      this.norm = norm;
    }

    @Override
    long bytes() {
      return super.bytes() + folded.bytes() + wide.bytes() + sums.bytes();
    }

    @Override
    public void close() {
      super.close();
      folded.close();
      wide.close();
      sums.close();
    }
  }
}
