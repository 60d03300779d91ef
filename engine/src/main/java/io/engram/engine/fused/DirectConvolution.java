package io.engram.engine.fused;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Convolution by our own kernels ({@link Simd}), which read patches where they lie in the images: what {@link Convolution} is, without
 * the copies. W is kept as [filters, kernel, kernel, channels]. See {@link Dense} for {@code biased}.
 */
final class DirectConvolution implements Operation {

  /** With fewer channels the pieces that are read are too short, and patches are better laid out. */
  private static final int FEWEST_CHANNELS = 8;

  /** Rows of padding in the kernels are this long. */
  private static final int MOST_CHANNELS = 4096;

  private final Window window;
  private final int channels;
  private final int filters;
  private final int taps;
  private final int patch;
  private final int rowsPerImage;
  private final int weight;
  private final int bias;
  private final boolean biased;
  private volatile Taps tables;

  /** All that were ever made: a worker may still be in native code with those that another one replaced. */
  private final List<Taps> made = new ArrayList<>();

  DirectConvolution(Window window, int weight, int bias, boolean biased) {
    this.window = window;
    this.channels = window.input().channels();
    this.filters = window.output().channels();
    this.taps = window.kernel() * window.kernel();
    this.patch = taps * channels;
    this.rowsPerImage = window.output().height() * window.output().width();
    this.weight = weight;
    this.bias = bias;
    this.biased = biased;
    this.tables = new Taps(window, 1);
  }

  /** Whether there are kernels for such a window. */
  static boolean suits(Window window) {
    return Simd.PRESENT
        && window.input().channels() >= FEWEST_CHANNELS
        && window.input().channels() <= MOST_CHANNELS
        && window.output().channels() <= MOST_CHANNELS;
  }

  @Override
  public Frame frame(Frame input) {
    return new State(filters);
  }

  @Override
  public void forward(Frame in, Frame out, Parameters w, int n) {
    State state = (State) out;
    FloatPointer y = out.value.writeNative(n * rowsPerImage * filters);
    multiply(in.value, w.tensor(weight), state.transposed, 0f, y, n);
    if (biased) {
      state.columns.addRow(out.value, w.tensor(bias), n * rowsPerImage);
    }
  }

  @Override
  public void backward(Frame in, Frame out, Parameters w, Sink sink, int n, boolean intoInput) {
    if (intoInput) {
      spread(out.gradient, w.tensor(weight), null, null, in.gradient, n);
    }
    addOuter(out.gradient, in.value, sink, sink.beta(), n);
    biasGradient((State) out, out.gradient, sink, n);
  }

  @Override
  public void forwardTangent(TangentSite site, Parameters w, Parameters u) {
    int n = site.examples;
    State t = (State) site.tout;
    FloatPointer tangent = site.tout.value.writeNative(n * rowsPerImage * filters);
    float beta = 0f;
    if (!site.tin.still) {
      multiply(site.tin.value, w.tensor(weight), t.transposed, 0f, tangent, n);
      beta = 1f;
    }
    if (site.moving) {
      multiply(site.in.value, u.tensor(weight), t.transposed, beta, tangent, n);
      if (biased) {
        t.columns.addRow(site.tout.value, u.tensor(bias), n * rowsPerImage);
      }
    }
  }

  @Override
  public void backwardTangent(
      TangentSite site, Parameters w, Parameters u, Sink sink, boolean intoInput) {
    int n = site.examples;
    if (intoInput) {
      spread(
          site.tout.gradient,
          w.tensor(weight),
          site.moving ? site.out.gradient : null,
          site.moving ? u.tensor(weight) : null,
          site.tin.gradient,
          n);
    }
    addOuter(site.tout.gradient, site.in.value, sink, 1f, n);
    if (!site.tin.still) {
      addOuter(site.out.gradient, site.tin.value, sink, 1f, n);
    }
    biasGradient((State) site.tout, site.tout.gradient, sink, n);
  }

  /** Y ← patches·Wᵀ + β·Y. */
  private void multiply(Slab x, Slab w, Slab transposed, float beta, FloatPointer y, int n) {
    long filtersLast = Simd.at(transposed.writeNative(filters * patch));
    Simd.transpose(Simd.at(w.readNative()), filters, patch, filtersLast);
    Taps tables = tables(n);
    Simd.convolve(
        tables.forward(),
        tables.rows(n),
        taps,
        channels,
        filters,
        Simd.at(x.readNative()),
        filtersLast,
        beta,
        Simd.at(y));
  }

  /** ∂x ← the patches g·W (+ g₂·W₂) added up. */
  private void spread(Slab g, Slab w, @Nullable Slab g2, @Nullable Slab w2, Slab into, int n) {
    long x = Simd.at(into.writeNative(n * window.input().size()));
    spread(g, w, 0f, x, n);
    if (g2 != null && w2 != null) {
      spread(g2, w2, 1f, x, n);
    }
  }

  private void spread(Slab g, Slab w, float beta, long x, int n) {
    long gradient = Simd.at(g.readNative());
    long weights = Simd.at(w.readNative());
    for (Taps.Back back : tables(n).back()) {
      Simd.convolveBackToImages(
          back.windows().address(),
          back.weights().address(),
          back.pixels().address(),
          n * back.perImage(),
          back.taps(),
          channels,
          filters,
          patch,
          gradient,
          weights,
          beta,
          x);
    }
  }

  private void addOuter(Slab g, Slab x, Sink sink, float beta, int n) {
    Taps tables = tables(n);
    Simd.convolveBackToFilters(
        tables.forward(),
        tables.rows(n),
        taps,
        channels,
        filters,
        sink.scale(weight),
        Simd.at(g.readNative()),
        Simd.at(x.readNative()),
        beta,
        Simd.at(sink.matrix(weight, filters * patch)));
  }

  private void biasGradient(State state, Slab gradient, Sink sink, int n) {
    if (!biased) {
      sink.zero(bias, filters);
      return;
    }
    state.columns.sum(gradient, n * rowsPerImage, state.sums);
    sink.vector(bias, state.sums, filters);
  }

  /** Tables for at least n images: made anew when there are more than ever. Workers share them. */
  private Taps tables(int n) {
    Taps current = tables;
    return current.images() >= n ? current : grown(n);
  }

  private synchronized Taps grown(int n) {
    if (tables.images() < n) {
      made.add(tables);
      tables = new Taps(window, n);
    }
    return tables;
  }

  private static final class State extends Frame {
    final Slab transposed = new Slab();
    final Columns columns;
    final double[] sums;

    State(int filters) {
      columns = new Columns(filters);
      sums = new double[filters];
    }

    @Override
    long bytes() {
      return super.bytes() + transposed.bytes();
    }

    @Override
    public void close() {
      super.close();
      transposed.close();
    }
  }
}
