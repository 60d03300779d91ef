package io.engram.engine.fused;

/**
 * Element-wise halves of max(x, slope·x), on a range of equally indexed arrays, which is what HotSpot vectorises. Slope 0 is
 * ReLU, slope 1 the identity.
 */
final class Gate {

  private Gate() {}

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
