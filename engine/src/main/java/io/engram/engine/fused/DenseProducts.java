package io.engram.engine.fused;

/**
 * The products of a layer with its weights for several examples at once, by BLAS on native copies of its rows. At 40 examples of 100 units
 * they take a third of the time of loops over rows, copies included, though the loops would skip units at rest.
 */
final class DenseProducts {

  /** Columns of X that are multiplied at a time: their weights stay in the first cache. */
  static final int STRIP = 32;

  private final int in;
  private final int out;
  private final int first;
  private final Slab weights = new Slab();
  private final Slab outputs = new Slab();
  private final Slab deltas = new Slab();
  private final Slab below = new Slab();

  DenseProducts(int in, int out, int first) {
    this.in = in;
    this.out = out;
    this.first = first;
  }

  /** Z ← X·W + b, X as the gradient has it. */
  void forward(float[][] rows, BatchGradient inputs, float[][] z, int n) {
    float[] start = outputs.writeHeap(n * out);
    for (int b = 0; b < n; b++) {
      System.arraycopy(rows[first + in], 0, start, b * out, out);
    }
    int columns = inputs.columns();
    for (int from = 0; from < columns; from += STRIP) {
      int count = Math.min(STRIP, columns - from);
      float[] flat = weights.writeHeap(count * out);
      for (int c = 0; c < count; c++) {
        System.arraycopy(rows[first + inputs.unit(from + c)], 0, flat, c * out, out);
      }
      Gemm.addColumns(
          n,
          out,
          count,
          inputs.inputs(),
          columns,
          from,
          weights.readNative(),
          outputs.updateNative());
    }
    unpack(outputs, z, n, out);
  }

  /** target ← Δ·Wᵀ. */
  void backward(float[][] rows, float[][] delta, float[][] target, int n) {
    pack(rows, first, in, out, weights);
    pack(delta, 0, n, out, deltas);
    Gemm.nt(
        n, in, out, 1f, deltas.readNative(), weights.readNative(), 0f, below.writeNative(n * in));
    unpack(below, target, n, in);
  }

  private static void pack(float[][] rows, int from, int count, int width, Slab to) {
    float[] flat = to.writeHeap(count * width);
    for (int r = 0; r < count; r++) {
      System.arraycopy(rows[from + r], 0, flat, r * width, width);
    }
  }

  private static void unpack(Slab from, float[][] rows, int count, int width) {
    float[] flat = from.readHeap();
    for (int r = 0; r < count; r++) {
      System.arraycopy(flat, r * width, rows[r], 0, width);
    }
  }
}
