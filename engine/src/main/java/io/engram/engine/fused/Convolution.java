package io.engram.engine.fused;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Convolution as a product of patches: Y [pixels, filters] = P [pixels, patch]·Wᵀ + b, W kept as [filters, kernel, kernel,
 * channels]. See {@link Dense} for {@code biased}.
 */
final class Convolution implements Operation {

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
    return new State(filters);
  }

  @Override
  public void forward(Frame in, Frame out, Parameters w, int n) {
    State state = (State) out;
    int rows = patches.rows(n);
    Gemm.nt(
        rows,
        filters,
        patch,
        1f,
        gather(in.value, state, n),
        w.tensor(weight).readNative(),
        0f,
        out.value.writeNative(rows * filters));
    if (biased) {
      state.columns.addRow(out.value.updateHeap(), w.tensor(bias).readHeap(), rows);
    }
  }

  @Override
  public void backward(Frame in, Frame out, Parameters w, Sink sink, int n, boolean intoInput) {
    State state = (State) out;
    int rows = patches.rows(n);
    FloatPointer g = out.gradient.readNative();
    if (intoInput) {
      FloatPointer spread = state.patchGradient.writeNative(rows * patch);
      Gemm.nn(rows, patch, filters, 1f, g, w.tensor(weight).readNative(), 0f, spread);
      scatter(state, in.gradient, n);
    }
    addOuter(g, state.patchValue.readNative(), sink, sink.beta(), rows);
    biasGradient(state, out.gradient, sink, rows);
  }

  @Override
  public void forwardTangent(
      Frame in,
      Frame out,
      Frame tin,
      Frame tout,
      Parameters w,
      Parameters u,
      int n,
      boolean moving) {
    tout.still = tin.still && !moving;
    if (tout.still) {
      return;
    }
    int rows = patches.rows(n);
    FloatPointer tangent = tout.value.writeNative(rows * filters);
    float beta = 0f;
    if (!tin.still) {
      FloatPointer tp = gather(tin.value, (State) tout, n);
      Gemm.nt(rows, filters, patch, 1f, tp, w.tensor(weight).readNative(), 0f, tangent);
      beta = 1f;
    }
    if (moving) {
      FloatPointer p = ((State) out).patchValue.readNative();
      Gemm.nt(rows, filters, patch, 1f, p, u.tensor(weight).readNative(), beta, tangent);
      if (biased) {
        ((State) out).columns.addRow(tout.value.updateHeap(), u.tensor(bias).readHeap(), rows);
      }
    }
  }

  @Override
  public void backwardTangent(
      Frame in,
      Frame out,
      Frame tin,
      Frame tout,
      Parameters w,
      Parameters u,
      Sink sink,
      int n,
      boolean intoInput,
      boolean moving) {
    State tangent = (State) tout;
    int rows = patches.rows(n);
    FloatPointer tg = tout.gradient.readNative();
    if (intoInput) {
      FloatPointer spread = tangent.patchGradient.writeNative(rows * patch);
      Gemm.nn(rows, patch, filters, 1f, tg, w.tensor(weight).readNative(), 0f, spread);
      if (moving) {
        FloatPointer g = out.gradient.readNative();
        Gemm.nn(rows, patch, filters, 1f, g, u.tensor(weight).readNative(), 1f, spread);
      }
      scatter(tangent, tin.gradient, n);
    }
    addOuter(tg, ((State) out).patchValue.readNative(), sink, 1f, rows);
    if (!tin.still) {
      addOuter(out.gradient.readNative(), tangent.patchValue.readNative(), sink, 1f, rows);
    }
    biasGradient(tangent, tout.gradient, sink, rows);
  }

  private FloatPointer gather(Slab images, State state, int n) {
    patches.gather(images.readHeap(), n, state.patchValue.writeHeap(patches.rows(n) * patch));
    return state.patchValue.readNative();
  }

  private void scatter(State state, Slab imageGradient, int n) {
    patches.scatter(
        state.patchGradient.readHeap(), n, imageGradient.writeHeap(n * window.input().size()));
  }

  private void addOuter(FloatPointer g, FloatPointer p, Sink sink, float beta, int rows) {
    Gemm.tn(
        filters, patch, rows, sink.scale(weight), g, p, beta, sink.matrix(weight, filters * patch));
  }

  private void biasGradient(State state, Slab gradient, Sink sink, int rows) {
    if (!biased) {
      sink.zero(bias, filters);
      return;
    }
    state.columns.sum(gradient.readHeap(), rows, state.sums);
    sink.vector(bias, state.sums, filters);
  }

  private static final class State extends Frame {
    final Slab patchValue = new Slab();
    final Slab patchGradient = new Slab();
    final Columns columns;
    final double[] sums;

    State(int filters) {
      columns = new Columns(filters);
      sums = new double[filters];
    }

    @Override
    public void close() {
      super.close();
      patchValue.close();
      patchGradient.close();
    }
  }
}
