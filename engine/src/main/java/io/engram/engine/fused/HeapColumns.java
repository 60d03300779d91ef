package io.engram.engine.fused;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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

  /** sums[c] = Σ_r x[r, c] unless null; products[c] = Σ_r x[r, c]·y[r, c] unless y and they are null. */
  void sums(
      float[] x,
      float @Nullable [] y,
      int rows,
      double @Nullable [] sums,
      double @Nullable [] products) {
    clear(sums);
    clear(products);
    int total = rows * width;
    for (int start = 0; start < total; start += CHAIN * stage) {
      Arrays.fill(partial, 0f);
      Arrays.fill(result, 0f);
      int end = Math.min(total, start + CHAIN * stage);
      for (int from = start; from < end; from += stage) {
        int count = load(x, from, end);
        if (sums != null) {
          add(left, partial, count);
        }
        if (y != null) {
          System.arraycopy(y, from, right, 0, count);
          addProducts(left, right, result, count);
        }
      }
      fold(partial, sums);
      fold(result, products);
    }
  }

  /** out[c] = Σ_r (x[r, c] − m[c])². */
  void sumOfSquaredDeviations(float[] x, float[] m, int rows, double[] out) {
    clear(out);
    repeat(m, coefficientA);
    int total = rows * width;
    for (int start = 0; start < total; start += CHAIN * stage) {
      Arrays.fill(partial, 0f);
      int end = Math.min(total, start + CHAIN * stage);
      for (int from = start; from < end; from += stage) {
        int count = load(x, from, end);
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
      int count = load(x, from, total);
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
      int count = load(x, from, total);
      affine(left, coefficientA, coefficientB, result, count);
      System.arraycopy(result, 0, out, from, count);
    }
  }

  /** x[r, c] += b[c]. */
  void addRow(float[] x, float[] b, int rows) {
    repeat(b, coefficientB);
    int total = rows * width;
    for (int from = 0; from < total; from += stage) {
      int count = load(x, from, total);
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
      int count = load(x, from, total);
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
      int count = load(x, from, total);
      System.arraycopy(y, from, right, 0, count);
      System.arraycopy(out, from, result, 0, count);
      addCombination(left, coefficientA, right, coefficientB, result, count);
      System.arraycopy(result, 0, out, from, count);
    }
  }

  /** Takes floats of x from {@code from} on, as many as a stage holds but none from {@code end} on, to {@link #left}; how many. */
  private int load(float[] x, int from, int end) {
    int count = Math.min(stage, end - from);
    System.arraycopy(x, from, left, 0, count);
    return count;
  }

  private void clear(double @Nullable [] sums) {
    if (sums != null) {
      Arrays.fill(sums, 0, width, 0.0);
    }
  }

  private void fold(float[] partial, double @Nullable [] out) {
    if (out == null) {
      return;
    }
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
