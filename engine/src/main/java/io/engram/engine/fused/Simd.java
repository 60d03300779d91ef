package io.engram.engine.fused;

import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * The engine's own kernels ({@code src/main/native}): products and loops for the vector instructions of this processor. Operands are
 * raw addresses and parameters those of the functions in C, one by one, so a call costs a few nanoseconds. Where no library fits, {@link
 * #PRESENT} is false and nothing else may be called.
 */
final class Simd {

  private static final SimdLibrary LIBRARY = SimdLibrary.load();

  /** Whether there are kernels for this processor. */
  static final boolean PRESENT = LIBRARY.kernels() != null;

  private Simd() {}

  /** Loads the library, if it is not yet; fails if kernels were asked for that cannot run here. */
  static SimdLibrary load() {
    LIBRARY.check();
    return LIBRARY;
  }

  /** The address of the first float. */
  static long at(FloatPointer pointer) {
    return pointer.address() + Float.BYTES * pointer.position();
  }

  /** From now on uses the named kernels; false if this processor cannot run them. */
  static native boolean take(String kernels);

  /** C [m, n] ← α·A·B + β·C, A [m, k], B [k, n]; rows are {@code lda}, {@code ldb} and {@code ldc} floats apart. */
  static native void multiply(
      int m,
      int n,
      int k,
      float alpha,
      long a,
      int lda,
      long b,
      int ldb,
      float beta,
      long c,
      int ldc);

  /** The same with Aᵀ, A [k, m]. */
  static native void multiplyTransposedA(
      int m,
      int n,
      int k,
      float alpha,
      long a,
      int lda,
      long b,
      int ldb,
      float beta,
      long c,
      int ldc);

  /** The same with Bᵀ, B [n, k]. */
  static native void multiplyTransposedB(
      int m,
      int n,
      int k,
      float alpha,
      long a,
      int lda,
      long b,
      int ldb,
      float beta,
      long c,
      int ldc);

  /** Y [rows, filters] ← (patches of X)·W + β·Y, W [taps, channels, filters]. For offsets see {@link Taps}. */
  static native void convolve(
      long offsets,
      int rows,
      int taps,
      int channels,
      int filters,
      long x,
      long w,
      float beta,
      long y);

  /** W [filters, taps, channels] ← α·Gᵀ·(patches of X) + β·W, G [rows, filters]. */
  static native void convolveBackToFilters(
      long offsets,
      int rows,
      int taps,
      int channels,
      int filters,
      float alpha,
      long gradient,
      long x,
      float beta,
      long w);

  /** X ← (patches G·W, added up) + β·X at some pixels, W [filters, taps, channels]. */
  static native void convolveBackToImages(
      long offsets,
      long weights,
      long pixels,
      int rows,
      int taps,
      int channels,
      int filters,
      int patch,
      long gradient,
      long w,
      float beta,
      long x);

  /** X [rows, columns] → Y [columns, rows]. */
  static native void transpose(long x, int rows, int columns, long y);

  /** sums[c] = Σ_r x[r, c] unless null; unless y is 0, products[c] = Σ_r x[r, c]·y[r, c]. */
  static native void columnSums(
      long x, long y, int rows, int width, double @Nullable [] sums, double @Nullable [] products);

  /** out[c] = Σ_r (x[r, c] − m[c])². */
  static native void columnDeviations(long x, long m, int rows, int width, double[] out);

  /** normal = (x − m)·s and out = a·normal + b, coefficients by column. */
  static native void standardise(
      long x, long m, long s, long a, long b, int rows, int width, long normal, long out);

  /** out = a·x + b·y + d, coefficients by column; a, y with b, and d may be 0: left out. With {@code add}, out += that. */
  static native void combine(
      long x, long a, long y, long b, long d, int rows, int width, boolean add, long out);

  /** y = max(x, slope·x). */
  static native void rectify(long x, float slope, long count, long y);

  /** out = g where y is positive, slope·g elsewhere. */
  static native void gate(long y, float slope, long g, long count, long out);

  /** Σ x². */
  static native double sumOfSquares(long x, long count);

  /**
   * C [m, n] ← A [m, columns] by the rows of weights, in an array of Java, that belong to those columns: see {@link Strips}.
   *
   * @param start where the weights of unit 0 begin
   */
  static native void multiplyRuns(
      int[] units,
      int[] columns,
      int runs,
      int m,
      int n,
      long a,
      int lda,
      float[] weights,
      int start,
      long c,
      int ldc);

  /** C [m, n] ← A [m, k]·Wᵀ, W [n, k] in an array of Java. */
  static native void multiplyByRows(
      int m, int n, int k, long a, int lda, float[] weights, int start, long c, int ldc);

  /** The rows that belong to columns of C, in an array of Java, ← α·Aᵀ·B + β·C, A [k, columns], B [k, n]. */
  static native void gradientOfRuns(
      int[] units,
      int[] columns,
      int runs,
      int k,
      int n,
      float alpha,
      long a,
      int lda,
      long b,
      int ldb,
      float beta,
      float[] c,
      int start);

  /**
   * With that gradient G: weights ← weights − steps ∘ G, and average, unless null, ← average + rate·(weights − average) from {@code
   * start} to the end of the last run. Returns the sum of the squares of G.
   *
   * @param strip room for {@link Strips#WIDTH} rows of G
   */
  static native double descendRuns(
      int[] units,
      int[] columns,
      int runs,
      int k,
      int n,
      long a,
      int lda,
      long b,
      int ldb,
      long strip,
      float[] weights,
      float[] steps,
      float @Nullable [] average,
      int start,
      float rate);

  /** A matrix without its zeros by rows → the same by columns; counts [columns] elements each. */
  static native void transposeSparse(
      int[] starts,
      int[] indices,
      float[] values,
      int rows,
      int columns,
      int[] columnStarts,
      int[] columnIndices,
      float[] columnValues,
      int[] counts);

  /** C [rows, n] ← A·W + row {@code units} of W, A [rows, units] without its zeros, W in an array of Java. */
  static native void multiplySparse(
      int[] starts,
      int[] indices,
      float[] values,
      int rows,
      int units,
      int n,
      float[] weights,
      int start,
      long c,
      int ldc);

  /** The rows of C, in an array of Java, that have elements in A [units, k] ← α·A·B + β·C, and the last with a row of ones. */
  static native void gradientOfSparse(
      int[] starts,
      int[] indices,
      float[] values,
      int units,
      int k,
      int n,
      float alpha,
      long b,
      int ldb,
      float beta,
      float[] c,
      int start);

  /** Like {@link #descendRuns}, with the gradient of {@link #gradientOfSparse}. */
  static native double descendSparse(
      int[] starts,
      int[] indices,
      float[] values,
      int units,
      int k,
      int n,
      long b,
      int ldb,
      float[] weights,
      float[] steps,
      float @Nullable [] average,
      int start,
      float rate);
}
