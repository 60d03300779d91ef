package io.engram.core.algebra;

import java.util.Arrays;

/**
 * Solves systems of a symmetric matrix that is positive definite, or would be if it were not for rounding. What is solved for comes from
 * others' numbers: columns of 10⁹ leave nothing of a ridge of 0.1 in the sixteen digits of a double. An unknown that depends on those
 * before it, as far as the digits say, is 0; nothing throws.
 */
public final class Cholesky {

  private double[][] lower = new double[0][];
  private int size;

  /** Room for systems to come, see {@link #decompose}. */
  public Cholesky() {}

  /**
   * Decomposes.
   *
   * @param matrix [n × n] symmetric; its lower triangle is read, nothing is written
   * @param ridge added to the diagonal
   */
  public Cholesky(double[][] matrix, double ridge) {
    decompose(matrix, matrix.length, ridge);
  }

  /**
   * Decomposes another matrix in the same room, which grows where it must.
   *
   * @param matrix [n × n] symmetric, or a larger array; the lower triangle of the part is read, nothing is written
   * @param n rows of the part
   * @param ridge added to the diagonal
   */
  public void decompose(double[][] matrix, int n, double ridge) {
    grow(n);
    size = n;
    for (int i = 0; i < n; i++) {
      double[] row = lower[i];
      for (int j = 0; j <= i; j++) {
        double[] other = lower[j];
        double sum = matrix[i][j] + (i == j ? ridge : 0);
        for (int k = 0; k < j; k++) {
          sum -= row[k] * other[k];
        }
        row[j] = i == j ? pivot(sum) : sum / other[j];
      }
    }
  }

  private void grow(int n) {
    int had = lower.length;
    if (had < n) {
      lower = Arrays.copyOf(lower, n);
      for (int i = had; i < n; i++) {
        lower[i] = new double[i + 1];
      }
    }
  }

  /** Divided by infinity, an unknown is 0, and moves no other. */
  private static double pivot(double sum) {
    return sum > 0 ? Math.sqrt(sum) : Double.POSITIVE_INFINITY;
  }

  /** x of {@code matrix · x = right}. */
  public double[] solve(double[] right) {
    double[] x = right.clone();
    solveInPlace(x);
    return x;
  }

  /**
   * The same where the right side stood.
   *
   * @param x [n] or longer
   */
  public void solveInPlace(double[] x) {
    int n = size;
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= lower[i][k] * x[k];
      }
      x[i] /= lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      x[i] /= lower[i][i];
      for (int k = 0; k < i; k++) {
        x[k] -= lower[i][k] * x[i];
      }
    }
  }
}
