package io.engram.core.algebra;

/** Solves systems of a symmetric positive definite matrix. */
public final class Cholesky {

  private final double[][] lower;

  /**
   * Decomposes.
   *
   * @param matrix [n × n] symmetric positive definite; its lower triangle is read, nothing is written
   * @param ridge added to the diagonal
   * @throws IllegalArgumentException if the sum is not positive definite
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
        if (i == j && !(sum > 0)) {
          throw new IllegalArgumentException("not positive definite at row " + i);
        }
        row[j] = i == j ? Math.sqrt(sum) : sum / other[j];
      }
    }
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
