package io.engram.core.compute;

import java.util.Arrays;

/**
 * A vector over all parameters of a stream program (weights, a gradient, step sizes, importances), as rows of the program's own making.
 * Every row is an array of its own because that is what HotSpot vectorises: in one long array it must assume that two rows overlap.
 * The verbs below are all element-wise. Not thread-safe.
 */
@SuppressWarnings("AvoidObjectArrays") // rows of floats are what this class is
public final class StreamVector {

  private final float[][] rows;

  /** For engines: a vector of these rows, which are not copied. */
  public StreamVector(float[][] rows) {
    this.rows = rows;
  }

  /** For engines: the rows themselves. */
  public float[][] rows() {
    return rows;
  }

  /** Number of elements. */
  public int length() {
    int length = 0;
    for (float[] row : rows) {
      length += row.length;
    }
    return length;
  }

  /** A new vector with the same elements. */
  public StreamVector copy() {
    float[][] copies = new float[rows.length][];
    Arrays.setAll(copies, r -> rows[r].clone());
    return new StreamVector(copies);
  }

  /** {@code this ← other}. */
  public void set(StreamVector other) {
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(other.rows[r], 0, rows[r], 0, rows[r].length);
    }
  }

  /** {@code this ← value}. */
  public void fill(float value) {
    for (float[] row : rows) {
      Arrays.fill(row, value);
    }
  }

  /** {@code this ← factor·this}. */
  public void scale(float factor) {
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] *= factor;
      }
    }
  }

  /** {@code this ← this + factor·other}. */
  public void add(float factor, StreamVector other) {
    for (int r = 0; r < rows.length; r++) {
      float[] row = rows[r];
      float[] added = other.rows[r];
      for (int i = 0; i < row.length; i++) {
        row[i] += factor * added[i];
      }
    }
  }

  /** {@code this ← this + factor·(a ∘ b)}. */
  public void addProduct(float factor, StreamVector a, StreamVector b) {
    for (int r = 0; r < rows.length; r++) {
      float[] row = rows[r];
      float[] x = a.rows[r];
      float[] y = b.rows[r];
      for (int i = 0; i < row.length; i++) {
        row[i] += factor * (x[i] * y[i]);
      }
    }
  }

  /**
   * {@code this ← this + rate·(other − this)}: a running average of weights (Polyak &amp; Juditsky 1992), and Reptile's step towards {@code
   * other}.
   */
  public void average(StreamVector other, float rate) {
    for (int r = 0; r < rows.length; r++) {
      float[] row = rows[r];
      float[] target = other.rows[r];
      for (int i = 0; i < row.length; i++) {
        row[i] += rate * (target[i] - row[i]);
      }
    }
  }

  /** {@code this ← max(other, 0)}. */
  public void rectify(StreamVector other) {
    for (int r = 0; r < rows.length; r++) {
      float[] row = rows[r];
      float[] source = other.rows[r];
      for (int i = 0; i < row.length; i++) {
        row[i] = Math.max(source[i], 0f);
      }
    }
  }

  /** {@code this ← this where condition > 0, else 0}. */
  public void keepWherePositive(StreamVector condition) {
    for (int r = 0; r < rows.length; r++) {
      float[] row = rows[r];
      float[] source = condition.rows[r];
      for (int i = 0; i < row.length; i++) {
        row[i] = source[i] > 0 ? row[i] : 0f;
      }
    }
  }

  /** {@code this ← numerator / (1 + factor·other)}, other not negative. */
  public void dampen(float numerator, float factor, StreamVector other) {
    for (int r = 0; r < rows.length; r++) {
      float[] row = rows[r];
      float[] source = other.rows[r];
      for (int i = 0; i < row.length; i++) {
        row[i] = numerator / (1 + factor * source[i]);
      }
    }
  }

  /** Euclidean norm. Four sums side by side: one alone would wait for each addition. */
  public double norm() {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    for (float[] row : rows) {
      int i = 0;
      for (; i + 4 <= row.length; i += 4) {
        a += (double) row[i] * row[i];
        b += (double) row[i + 1] * row[i + 1];
        c += (double) row[i + 2] * row[i + 2];
        d += (double) row[i + 3] * row[i + 3];
      }
      for (; i < row.length; i++) {
        a += (double) row[i] * row[i];
      }
    }
    return Math.sqrt((a + b) + (c + d));
  }
}
