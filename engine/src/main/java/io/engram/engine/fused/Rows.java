package io.engram.engine.fused;

/**
 * The loops over rows of a stream network's vectors. Each stands alone and has no more than four rows besides the one it writes: so HotSpot
 * vectorises it, with eight rows, or rows of one long array, it does not.
 */
final class Rows {

  private Rows() {}

  /** to ← to + x·row. */
  static void add(float x, float[] row, float[] to) {
    for (int o = 0; o < to.length; o++) {
      to[o] += x * row[o];
    }
  }

  /** to ← to + x·p + y·q + z·r + u·s. */
  static void add(
      float x, float[] p, float y, float[] q, float z, float[] r, float u, float[] s, float[] to) {
    for (int o = 0; o < to.length; o++) {
      to[o] += x * p[o] + y * q[o] + z * r[o] + u * s[o];
    }
  }

  /** to ← row ∘ row. */
  static void square(float[] row, float[] to) {
    for (int o = 0; o < to.length; o++) {
      to[o] = row[o] * row[o];
    }
  }

  /** to ← to + scale·(factors ∘ row). */
  static void addProduct(float scale, float[] factors, float[] row, float[] to) {
    for (int o = 0; o < to.length; o++) {
      to[o] += scale * (factors[o] * row[o]);
    }
  }

  /** Sum of the products. Four sums side by side, since the compiler must not reorder a float sum. */
  static float dot(float[] x, float[] y) {
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
