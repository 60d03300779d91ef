package io.engram.engine.fused;

import java.util.Arrays;

/**
 * {@link Columns} in Java, where there are no kernels of our own.
 *
 * <p>HotSpot (17) vectorises a loop only if all arrays in it are indexed alike, and profits only if it is long. So rows are
 * taken many at a time through small staging arrays, with the coefficients repeated once per row of the stage. As a by-product sums
 * are formed in many short float chains joined in double, which keeps their error near one unit in the last place.
 */
final class HeapColumns {

  private static final int STAGE_FLOATS = 1024;

  /** Stages added in float before they are joined in double. */
  private static final int CHAIN = 32;

  private final int width;
  private final int stage;
  private final float[] left;
  private final float[] right;
  private final float[] result;
  private final float[] partial;
  private final float[] coefficientA;
  private final float[] coefficientB;
  private final float[] coefficientC;
  private final float[] coefficientD;

  HeapColumns(int width) {
    this.width = width;
    this.stage = Math.max(1, STAGE_FLOATS / width) * width;
    this.left = new float[stage];
    this.right = new float[stage];
    this.result = new float[stage];
    this.partial = new float[stage];
    this.coefficientA = new float[stage];
    this.coefficientB = new float[stage];
    this.coefficientC = new float[stage];
    this.coefficientD = new float[stage];
  }

  /** out[c] = Σ_r x[r, c]. */
  void sum(float[] x, int rows, double[] out) {
    Arrays.fill(out, 0, width, 0.0);
    int total = rows * width;
    for (int start = 0; start < total; start += CHAIN * stage) {
      Arrays.fill(partial, 0f);
      int end = Math.min(total, start + CHAIN * stage);
      for (int from = start; from < end; from += stage) {
        int count = Math.min(stage, end - from);
        System.arraycopy(x, from, left, 0, count);
        add(left, partial, count);
      }
      fold(partial, out);
    }
  }

  /** out[c] = Σ_r x[r, c]·y[r, c]. */
  void sumOfProducts(float[] x, float[] y, int rows, double[] out) {
    Arrays.fill(out, 0, width, 0.0);
    int total = rows * width;
    for (int start = 0; start < total; start += CHAIN * stage) {
      Arrays.fill(partial, 0f);
      int end = Math.min(total, start + CHAIN * stage);
      for (int from = start; from < end; from += stage) {
        int count = Math.min(stage, end - from);
        System.arraycopy(x, from, left, 0, count);
        System.arraycopy(y, from, right, 0, count);
        addProducts(left, right, partial, count);
      }
      fold(partial, out);
    }
  }

  /** sums[c] = Σ_r x[r, c] and products[c] = Σ_r x[r, c]·y[r, c]. */
  void sums(float[] x, float[] y, int rows, double[] sums, double[] products) {
    Arrays.fill(sums, 0, width, 0.0);
    Arrays.fill(products, 0, width, 0.0);
    int total = rows * width;
    for (int start = 0; start < total; start += CHAIN * stage) {
      Arrays.fill(partial, 0f);
      Arrays.fill(result, 0f);
      int end = Math.min(total, start + CHAIN * stage);
      for (int from = start; from < end; from += stage) {
        int count = Math.min(stage, end - from);
        System.arraycopy(x, from, left, 0, count);
        System.arraycopy(y, from, right, 0, count);
        add(left, partial, count);
        addProducts(left, right, result, count);
      }
      fold(partial, sums);
      fold(result, products);
    }
  }

  /** out[c] = Σ_r (x[r, c] − m[c])². */
  void sumOfSquaredDeviations(float[] x, float[] m, int rows, double[] out) {
    Arrays.fill(out, 0, width, 0.0);
    repeat(m, coefficientA);
    int total = rows * width;
    for (int start = 0; start < total; start += CHAIN * stage) {
      Arrays.fill(partial, 0f);
      int end = Math.min(total, start + CHAIN * stage);
      for (int from = start; from < end; from += stage) {
        int count = Math.min(stage, end - from);
        System.arraycopy(x, from, left, 0, count);
        addSquaredDeviations(left, coefficientA, partial, count);
      }
      fold(partial, out);
    }
  }

  /** normal[r, c] = (x[r, c] − m[c])·s[c] and out[r, c] = a[c]·normal[r, c] + b[c]. */
  void standardise(
      float[] x,
      float[] m,
      float[] s,
      float[] a,
      float[] b,
      int rows,
      float[] normal,
      float[] out) {
    repeat(m, coefficientA);
    repeat(s, coefficientB);
    repeat(a, coefficientC);
    repeat(b, coefficientD);
    int total = rows * width;
    for (int from = 0; from < total; from += stage) {
      int count = Math.min(stage, total - from);
      System.arraycopy(x, from, left, 0, count);
      standardise(left, coefficientA, coefficientB, right, count);
      affine(right, coefficientC, coefficientD, result, count);
      System.arraycopy(right, 0, normal, from, count);
      System.arraycopy(result, 0, out, from, count);
    }
  }

  /** out[r, c] = a[c]·x[r, c] + b[c]; {@code out} may be {@code x}. */
  void affine(float[] x, float[] a, float[] b, int rows, float[] out) {
    repeat(a, coefficientA);
    repeat(b, coefficientB);
    int total = rows * width;
    for (int from = 0; from < total; from += stage) {
      int count = Math.min(stage, total - from);
      System.arraycopy(x, from, left, 0, count);
      affine(left, coefficientA, coefficientB, result, count);
      System.arraycopy(result, 0, out, from, count);
    }
  }

  /** x[r, c] += b[c]. */
  void addRow(float[] x, float[] b, int rows) {
    repeat(b, coefficientB);
    int total = rows * width;
    for (int from = 0; from < total; from += stage) {
      int count = Math.min(stage, total - from);
      System.arraycopy(x, from, left, 0, count);
      add(coefficientB, left, count);
      System.arraycopy(left, 0, x, from, count);
    }
  }

  /** out[r, c] = a[c]·x[r, c] + b[c]·y[r, c] + d[c]; {@code out} may be {@code x} or {@code y}. */
  void combine(float[] x, float[] a, float[] y, float[] b, float[] d, int rows, float[] out) {
    repeat(a, coefficientA);
    repeat(b, coefficientB);
    repeat(d, coefficientC);
    int total = rows * width;
    for (int from = 0; from < total; from += stage) {
      int count = Math.min(stage, total - from);
      System.arraycopy(x, from, left, 0, count);
      System.arraycopy(y, from, right, 0, count);
      combine(left, coefficientA, right, coefficientB, coefficientC, result, count);
      System.arraycopy(result, 0, out, from, count);
    }
  }

  /** out[r, c] += a[c]·x[r, c] + b[c]·y[r, c]. */
  void addCombination(float[] x, float[] a, float[] y, float[] b, int rows, float[] out) {
    repeat(a, coefficientA);
    repeat(b, coefficientB);
    int total = rows * width;
    for (int from = 0; from < total; from += stage) {
      int count = Math.min(stage, total - from);
      System.arraycopy(x, from, left, 0, count);
      System.arraycopy(y, from, right, 0, count);
      System.arraycopy(out, from, result, 0, count);
      addCombination(left, coefficientA, right, coefficientB, result, count);
      System.arraycopy(result, 0, out, from, count);
    }
  }

  private void fold(float[] partial, double[] out) {
    for (int from = 0; from < stage; from += width) {
      for (int c = 0; c < width; c++) {
        out[c] += partial[from + c];
      }
    }
  }

  private void repeat(float[] row, float[] stageful) {
    for (int from = 0; from < stage; from += width) {
      System.arraycopy(row, 0, stageful, from, width);
    }
  }

  private static void add(float[] x, float[] sums, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += x[i];
    }
  }

  private static void addProducts(float[] x, float[] y, float[] sums, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += x[i] * y[i];
    }
  }

  private static void addSquaredDeviations(float[] x, float[] m, float[] sums, int count) {
    for (int i = 0; i < count; i++) {
      float deviation = x[i] - m[i];
      sums[i] += deviation * deviation;
    }
  }

  private static void standardise(float[] x, float[] m, float[] s, float[] out, int count) {
    for (int i = 0; i < count; i++) {
      out[i] = (x[i] - m[i]) * s[i];
    }
  }

  private static void affine(float[] x, float[] a, float[] b, float[] out, int count) {
    for (int i = 0; i < count; i++) {
      out[i] = a[i] * x[i] + b[i];
    }
  }

  private static void combine(
      float[] x, float[] a, float[] y, float[] b, float[] d, float[] out, int count) {
    for (int i = 0; i < count; i++) {
      out[i] = a[i] * x[i] + b[i] * y[i] + d[i];
    }
  }

  private static void addCombination(
      float[] x, float[] a, float[] y, float[] b, float[] out, int count) {
    for (int i = 0; i < count; i++) {
      out[i] += a[i] * x[i] + b[i] * y[i];
    }
  }
}
