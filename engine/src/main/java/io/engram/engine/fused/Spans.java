package io.engram.engine.fused;

/**
 * Loops over a piece of vectors that are indexed alike, the only ones that HotSpot vectorises where a piece is not a whole array. The longer the
 * better: ends are not.
 */
final class Spans {

  private Spans() {}

  /** to ← to + scale·g. */
  static void add(float scale, float[] g, float[] to, int from, int until) {
    for (int i = from; i < until; i++) {
      to[i] += scale * g[i];
    }
  }

  /** to ← to + scale·(factors ∘ g). */
  static void addProduct(float scale, float[] factors, float[] g, float[] to, int from, int until) {
    for (int i = from; i < until; i++) {
      to[i] += scale * (factors[i] * g[i]);
    }
  }

  /** weights ← weights − steps ∘ g, then average ← average + rate·(weights − average). */
  static void descend(
      float[] steps, float[] g, float[] weights, float rate, float[] average, int from, int until) {
    for (int i = from; i < until; i++) {
      float moved = weights[i] - steps[i] * g[i];
      weights[i] = moved;
      average[i] += rate * (moved - average[i]);
    }
  }

  /** average ← average + rate·(weights − average). */
  static void average(float[] weights, float rate, float[] average, int from, int until) {
    for (int i = from; i < until; i++) {
      average[i] += rate * (weights[i] - average[i]);
    }
  }

  /** x ← x ∘ x. */
  static void square(float[] x, int until) {
    for (int i = 0; i < until; i++) {
      x[i] *= x[i];
    }
  }

  /** Σ|x|, in four sums side by side: one alone would wait for each addition before the next. */
  static float magnitude(float[] x, int from, int length) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int until = from + length;
    int i = from;
    for (; i + 3 < until; i += 4) {
      a += Math.abs(x[i]);
      b += Math.abs(x[i + 1]);
      c += Math.abs(x[i + 2]);
      d += Math.abs(x[i + 3]);
    }
    for (; i < until; i++) {
      a += Math.abs(x[i]);
    }
    return a + b + (c + d);
  }
}
