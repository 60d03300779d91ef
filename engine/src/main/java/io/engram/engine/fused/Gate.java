package io.engram.engine.fused;

/**
 * Element-wise halves of max(x, slope·x). Slope 0 is ReLU, slope 1 the identity. Whole buffers go by {@link Simd} where that is present; else,
 * as everything that lies on the heap, a range of equally indexed arrays at a time, which is what HotSpot vectorises.
 */
final class Gate {

  private Gate() {}

  /** The first {@code count} of y = max(x, slope·x); {@code y} may be {@code x}. */
  static void rectify(Slab x, float slope, Slab y, int count) {
    if (Simd.PRESENT) {
      long from = Simd.at(x.readNative());
      Simd.rectify(from, slope, count, Simd.at(y == x ? y.updateNative() : y.writeNative(count)));
    } else {
      float[] from = x.readHeap();
      rectify(from, slope, y == x ? y.updateHeap() : y.writeHeap(count), 0, count);
    }
  }

  /** The first {@code count} of into = g where y is positive, slope·g elsewhere; {@code into} may be {@code g}. */
  static void pass(Slab y, float slope, Slab g, Slab into, int count) {
    if (Simd.PRESENT) {
      long from = Simd.at(g.readNative());
      long gate = Simd.at(y.readNative());
      Simd.gate(
          gate,
          slope,
          from,
          count,
          Simd.at(into == g ? into.updateNative() : into.writeNative(count)));
    } else {
      float[] from = g.readHeap();
      pass(
          y.readHeap(),
          slope,
          from,
          into == g ? into.updateHeap() : into.writeHeap(count),
          0,
          count);
    }
  }

  /** y = max(x, slope·x); {@code y} may be {@code x}. */
  static void rectify(float[] x, float slope, float[] y, int from, int to) {
    if (slope == 0f) {
      for (int i = from; i < to; i++) {
        y[i] = Math.max(0f, x[i]);
      }
    } else {
      for (int i = from; i < to; i++) {
        y[i] = Math.max(slope * x[i], x[i]);
      }
    }
  }

  /**
   * into = g where y is positive, slope·g elsewhere; {@code into} may be {@code g}. For ReLU the gate is min(1, y·huge): 0 or
   * 1 for every y that is not denormal, without a branch, which HotSpot would not vectorise.
   */
  static void pass(float[] y, float slope, float[] g, float[] into, int from, int to) {
    if (slope == 0f) {
      for (int i = from; i < to; i++) {
        into[i] = g[i] * Math.min(1f, y[i] * Float.MAX_VALUE);
      }
    } else {
      for (int i = from; i < to; i++) {
        into[i] = y[i] > 0 ? g[i] : slope * g[i];
      }
    }
  }
}
