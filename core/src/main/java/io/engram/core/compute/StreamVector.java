package io.engram.core.compute;

import java.util.Arrays;

/**
 * A vector over all parameters of a stream program (weights, a gradient, step sizes, importances), in an order of the program's own making.
 * One long array, because the verbs below are element-wise: loops over arrays that are indexed alike are what HotSpot vectorises, the longer the better. Not
 * thread-safe.
 */
public final class StreamVector {

  /** Floats that {@link #norm} squares at a time. */
  private static final int PIECE = 512;

  private final float[] values;

  /** For {@link #norm}, once it was asked for. */
  private float[] piece = new float[0];

  private float[] sums = new float[0];

  /** For engines: a vector of these elements, which are not copied. */
  public StreamVector(float[] values) {
    this.values = values;
  }

  /** For engines: the elements themselves. */
  public float[] values() {
    return values;
  }

  /** Number of elements. */
  public int length() {
    return values.length;
  }

  /** A new vector with the same elements. */
  public StreamVector copy() {
    return new StreamVector(values.clone());
  }

  /** {@code this ← other}. */
  public void set(StreamVector other) {
    System.arraycopy(other.values, 0, values, 0, values.length);
  }

  /** {@code this ← value}. */
  public void fill(float value) {
    Arrays.fill(values, value);
  }

  /** {@code this ← factor·this}. */
  public void scale(float factor) {
    float[] to = values;
    for (int i = 0; i < to.length; i++) {
      to[i] *= factor;
    }
  }

  /** {@code this ← this + factor·other}. */
  public void add(float factor, StreamVector other) {
    float[] to = values;
    float[] added = other.values;
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * added[i];
    }
  }

  /** {@code this ← this + factor·(a ∘ b)}. */
  public void addProduct(float factor, StreamVector a, StreamVector b) {
    float[] to = values;
    float[] x = a.values;
    float[] y = b.values;
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * (x[i] * y[i]);
    }
  }

  /**
   * {@code this ← this + rate·(other − this)}: a running average of weights (Polyak &amp; Juditsky 1992), and Reptile's step towards {@code
   * other}.
   */
  public void average(StreamVector other, float rate) {
    float[] to = values;
    float[] target = other.values;
    for (int i = 0; i < to.length; i++) {
      to[i] += rate * (target[i] - to[i]);
    }
  }

  /** {@code this ← max(other, 0)}. */
  public void rectify(StreamVector other) {
    float[] to = values;
    float[] source = other.values;
    for (int i = 0; i < to.length; i++) {
      to[i] = Math.max(source[i], 0f);
    }
  }

  /**
   * {@code this ← this where condition > 0, else 0}. The gate is min(1, max(0, condition)·huge·huge), 1 for all that is above 0 and without a branch,
   * which HotSpot would not vectorise.
   */
  public void keepWherePositive(StreamVector condition) {
    float[] to = values;
    float[] source = condition.values;
    for (int i = 0; i < to.length; i++) {
      float gate = Math.min(1f, Math.max(source[i], 0f) * Float.MAX_VALUE);
      to[i] *= Math.min(1f, gate * Float.MAX_VALUE);
    }
  }

  /** {@code this ← numerator / (1 + factor·other)}, other not negative. */
  public void dampen(float numerator, float factor, StreamVector other) {
    float[] to = values;
    float[] source = other.values;
    for (int i = 0; i < to.length; i++) {
      to[i] = numerator / (1 + factor * source[i]);
    }
  }

  /**
   * Euclidean norm. Squares are summed side by side, a piece of the vector beside the others: the compiler must not reorder a sum of floats, and
   * one alone would wait for each addition.
   */
  public double norm() {
    if (piece.length == 0) {
      piece = new float[PIECE];
      sums = new float[PIECE];
    }
    Arrays.fill(sums, 0f);
    for (int from = 0; from < values.length; from += PIECE) {
      int count = Math.min(PIECE, values.length - from);
      System.arraycopy(values, from, piece, 0, count);
      addSquares(piece, sums, count);
    }
    double total = 0;
    for (float sum : sums) {
      total += sum;
    }
    return Math.sqrt(total);
  }

  private static void addSquares(float[] piece, float[] sums, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += piece[i] * piece[i];
    }
  }
}
