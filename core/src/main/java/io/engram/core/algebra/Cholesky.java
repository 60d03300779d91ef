package io.engram.core.algebra;

/**
 * Solves systems of a symmetric matrix that is positive definite, or would be if it were not for rounding. What is solved for comes from
 * others' numbers: columns of 10⁹ leave nothing of a ridge of 0.1 in the sixteen digits of a double. An unknown that depends on those
 * before it, as far as the digits say, is 0; nothing throws.
 */
public final class Cholesky {

  private final double[][] lower;

  /**
   * Decomposes.
   *
   * @param matrix [n × n] symmetric; its lower triangle is read, nothing is written
   * @param ridge added to the diagonal
   */
  public Cholesky(double[][] matrix, double ridge) {
    int n = matrix.length;
    lower = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] row = new double[i + 1];
      lower[i] = row;
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

  /** Divided by infinity, an unknown is 0, and moves no other. */
  private static double pivot(double sum) {
    return sum > 0 ? Math.sqrt(sum) : Double.POSITIVE_INFINITY;
  }

  /** x of {@code matrix · x = right}. */
  public double[] solve(double[] right) {
    int n = lower.length;
    double[] x = right.clone();
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
    return x;
  }
}
