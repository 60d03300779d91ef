package io.engram.engine.fused;

import io.engram.core.compute.stream.StreamVector;
import java.util.Arrays;

/**
 * A vector in one long array, because its verbs are element-wise: loops over arrays that are indexed alike are what HotSpot vectorises, the
 * longer the better.
 */
final class HeapVector implements StreamVector {

  /** Far smaller than any number that matters, and far from the subnormal ones. */
  private static final float TINY = 0x1p-100f;

  /** Floats that {@link #norm} squares at a time. */
  private static final int PIECE = 512;

  private final float[] values;

  /** For {@link #norm}, once it was asked for. */
  private float[] piece = new float[0];

  private float[] sums = new float[0];

  /** A vector of these elements, which are not copied. */
  HeapVector(float[] values) {
    this.values = values;
  }

  /**
   * The elements of a vector.
   *
   * @param what names it where it is another engine's
   */
  static float[] values(String what, StreamVector vector) {
    if (vector instanceof HeapVector heap) {
      return heap.values;
    }
    throw new IllegalArgumentException(
        "%s: a vector of %s was not made by the fused engine"
            .formatted(what, vector.getClass().getSimpleName()));
  }

  private static float[] values(StreamVector other) {
    return values("the other vector", other);
  }

  /** Number of elements. */
  int length() {
    return values.length;
  }

  @Override
  public StreamVector copy() {
    return new HeapVector(values.clone());
  }

  @Override
  public void set(StreamVector other) {
    System.arraycopy(values(other), 0, values, 0, values.length);
  }

  @Override
  public void fill(float value) {
    Arrays.fill(values, value);
  }

  @Override
  public void scale(float factor) {
    float[] to = values;
    for (int i = 0; i < to.length; i++) {
      float scaled = factor * to[i];
      // By so much nearer to 0, and no further than 0: nothing to a larger number, and no branch.
      to[i] = scaled - Math.max(-TINY, Math.min(TINY, scaled));
    }
  }

  @Override
  public void add(float factor, StreamVector other) {
    float[] to = values;
    float[] added = values(other);
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * added[i];
    }
  }

  @Override
  public void addProduct(float factor, StreamVector a, StreamVector b) {
    float[] to = values;
    float[] x = values(a);
    float[] y = values(b);
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * (x[i] * y[i]);
    }
  }

  @Override
  public void average(StreamVector other, float rate) {
    float[] to = values;
    float[] target = values(other);
    for (int i = 0; i < to.length; i++) {
      to[i] += rate * (target[i] - to[i]);
    }
  }

  @Override
  public void rectify(StreamVector other) {
    float[] to = values;
    float[] source = values(other);
    for (int i = 0; i < to.length; i++) {
      to[i] = Math.max(source[i], 0f);
    }
  }

  /** The gate is min(1, max(0, condition)·huge·huge), 1 for all that is above 0 and without a branch, which HotSpot would not vectorise. */
  @Override
  public void keepWherePositive(StreamVector condition) {
    float[] to = values;
    float[] source = values(condition);
    for (int i = 0; i < to.length; i++) {
      float gate = Math.min(1f, Math.max(source[i], 0f) * Float.MAX_VALUE);
      to[i] *= Math.min(1f, gate * Float.MAX_VALUE);
    }
  }

  @Override
  public void dampen(float numerator, float factor, StreamVector other) {
    float[] to = values;
    float[] source = values(other);
    for (int i = 0; i < to.length; i++) {
      to[i] = numerator / (1 + factor * source[i]);
    }
  }

  /**
   * Squares are summed side by side, a piece of the vector beside the others: the compiler must not reorder a sum of floats, and one alone
   * would wait for each addition.
   */
  @Override
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
