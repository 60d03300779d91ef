package io.engram.engine.fused;

import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Convolution as a product of patches: Y [pixels, filters] = P [pixels, patch]·Wᵀ + b, W kept as [filters, kernel, kernel,
 * channels]. See {@link Dense} for {@code biased}.
 */
final class Convolution implements Operation {

  private static final int MANY_ROWS = 128;

  /** Patches of the gradient at a time: half of a second cache of 512 KiB. */
  private static final int SPREAD_FLOATS = 64 * 1024;

  private final Window window;
  private final Patches patches;
  private final int filters;
  private final int patch;
  private final int weight;
  private final int bias;
  private final boolean biased;

  Convolution(Window window, int weight, int bias, boolean biased) {
    this.window = window;
    this.patches = new Patches(window);
    this.filters = window.output().channels();
    this.patch = patches.rowLength();
    this.weight = weight;
    this.bias = bias;
    this.biased = biased;
  }

  @Override
  public Frame frame(Frame input) {
    return new State(filters, window);
  }

  @Override
  public void forward(Frame in, Frame out, Parameters w, int n) {
    State state = (State) out;
    int rows = patches.rows(n);
    gather(in.value, state, n);
    FloatPointer y = out.value.writeNative(rows * filters);
    multiply(rows, state.patchValue, w.tensor(weight), state.transposed, 0f, y);
    if (biased) {
      state.columns.addRow(out.value, w.tensor(bias), rows);
    }
  }

  @Override
  public void backward(Frame in, Frame out, Parameters w, Sink sink, int n, boolean intoInput) {
    State state = (State) out;
    int rows = patches.rows(n);
    FloatPointer g = out.gradient.readNative();
    if (intoInput) {
      spread(state, g, w.tensor(weight), null, null, in.gradient, n);
    }
    addOuter(g, state.patchValue.readNative(), sink, sink.beta(), rows);
    biasGradient(state, out.gradient, sink, rows);
  }

  @Override
  public void forwardTangent(TangentSite site, Parameters w, Parameters u) {
    int n = site.examples;
    State s = (State) site.out;
    State t = (State) site.tout;
    int rows = patches.rows(n);
    FloatPointer tangent = site.tout.value.writeNative(rows * filters);
    float beta = 0f;
    if (!site.tin.still) {
      gather(site.tin.value, t, n);
      multiply(rows, t.patchValue, w.tensor(weight), t.transposed, 0f, tangent);
      beta = 1f;
    }
    if (site.moving) {
      multiply(rows, s.patchValue, u.tensor(weight), t.transposed, beta, tangent);
      if (biased) {
        s.columns.addRow(site.tout.value, u.tensor(bias), rows);
      }
    }
  }

  @Override
  public void backwardTangent(
      TangentSite site, Parameters w, Parameters u, Sink sink, boolean intoInput) {
    int n = site.examples;
    State tangent = (State) site.tout;
    int rows = patches.rows(n);
    FloatPointer tg = site.tout.gradient.readNative();
    if (intoInput) {
      FloatPointer g = site.moving ? site.out.gradient.readNative() : null;
      spread(
          tangent,
          tg,
          w.tensor(weight),
          g,
          site.moving ? u.tensor(weight) : null,
          site.tin.gradient,
          n);
    }
    addOuter(tg, ((State) site.out).patchValue.readNative(), sink, 1f, rows);
    if (!site.tin.still) {
      addOuter(site.out.gradient.readNative(), tangent.patchValue.readNative(), sink, 1f, rows);
    }
    biasGradient(tangent, site.tout.gradient, sink, rows);
  }

  /** ∂x ← the patches g·W (+ g₂·W₂) added up, a few images at a time so that their patches stay in the second cache. */
  private void spread(
      State s,
      FloatPointer g,
      Slab w,
      @Nullable FloatPointer g2,
      @Nullable Slab w2,
      Slab into,
      int n) {
    float[] images = into.writeHeap(n * window.input().size());
    int step = Math.max(1, SPREAD_FLOATS / (patches.rows(1) * patch));
    for (int first = 0; first < n; first += step) {
      int count = Math.min(step, n - first);
      s.patchGradient.writeNative(patches.rows(count) * patch);
      spread(g, w, 0f, first, count, s.patchGradient);
      if (g2 != null && w2 != null) {
        spread(g2, w2, 1f, first, count, s.patchGradient);
      }
      s.patchSum.add(s.patchGradient.readNativeView(), images, first, count);
    }
  }

  private void spread(FloatPointer g, Slab w, float beta, int first, int count, Slab into) {
    int rows = patches.rows(count);
    long start = g.position();
    g.position(start + (long) patches.rows(first) * filters);
    Gemm.NN.multiply(rows, patch, filters, 1f, g, w.readNative(), beta, into.readNative());
    g.position(start);
  }

  /** Y ← P·Wᵀ + β·Y. Where many rows share W, transposing it first pays for itself in a better kernel. */
  private void multiply(int rows, Slab p, Slab w, Slab transposed, float beta, FloatPointer y) {
    if (rows < MANY_ROWS) {
      Gemm.NT.multiply(rows, filters, patch, 1f, p.readNative(), w.readNative(), beta, y);
      return;
    }
    Transposition.of(w, filters, patch, transposed);
    Gemm.NN.multiply(rows, filters, patch, 1f, p.readNative(), transposed.readNative(), beta, y);
  }

  /** The network's own input is the same at every step of an inner loop; its patches are laid out only once. */
  private void gather(Slab images, State state, int n) {
    if (state.gathered != images || state.gatheredVersion != images.version()) {
      patches.gather(images, n, state.patchValue);
      state.gathered = images;
      state.gatheredVersion = images.version();
    }
  }

  private void addOuter(FloatPointer g, FloatPointer p, Sink sink, float beta, int rows) {
    Gemm.TN.multiply(
        filters, patch, rows, sink.scale(weight), g, p, beta, sink.matrix(weight, filters * patch));
  }

  private void biasGradient(State state, Slab gradient, Sink sink, int rows) {
    if (!biased) {
      sink.zero(bias, filters);
      return;
    }
    state.columns.sum(gradient, rows, state.sums);
    sink.vector(bias, state.sums, filters);
  }

  private static final class State extends Frame {
    final Slab patchValue = new Slab();
    final Slab patchGradient = new Slab();
    final Slab transposed = new Slab();
    @Nullable Slab gathered;
    long gatheredVersion;
    final PatchSum patchSum;
    final Columns columns;
    final double[] sums;

    State(int filters, Window window) {
      patchSum = new PatchSum(window);
      columns = new Columns(filters);
      sums = new double[filters];
    }

    @Override
    long bytes() {
      return super.bytes() + patchValue.bytes() + patchGradient.bytes() + transposed.bytes();
    }

    @Override
    public void close() {
      super.close();
      patchValue.close();
      patchGradient.close();
      transposed.close();
    }
  }
}
