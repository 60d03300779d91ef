package io.engram.core.baseline;

import io.engram.core.algebra.Cholesky;

/** Running means and centred cross-products of inputs and outputs: all that a linear regression needs to know of its rows. */
final class CoMoments {

  private final int inputs;
  private final double[] means;
  private final double[][] products;
  private long count;

  CoMoments(int inputs, int outputs) {
    this.inputs = inputs;
    means = new double[inputs + outputs];
    products = new double[means.length][];
    for (int i = 0; i < means.length; i++) {
      products[i] = new double[i + 1];
    }
  }

  void add(double[] x, double[] y) {
    count++;
    double[] delta = new double[means.length];
    for (int i = 0; i < means.length; i++) {
      delta[i] = (i < inputs ? x[i] : y[i - inputs]) - means[i];
      means[i] += delta[i] / count;
    }
    double shrunk = (count - 1.0) / count;
    for (int i = 0; i < means.length; i++) {
      double factor = shrunk * delta[i];
      double[] row = products[i];
      for (int j = 0; j <= i; j++) {
        row[j] += factor * delta[j];
      }
    }
  }

  long count() {
    return count;
  }

  double mean(int variable) {
    return means[variable];
  }

  /**
   * Ridge regression of all outputs on all inputs.
   *
   * @param rows' worth of a penalty on inputs of variance 1, above 0
   * @return [outputs × inputs]
   */
  double[][] ridge(double rows) {
    double[][] matrix = new double[inputs][];
    double part = 1 + rows / Math.max(1, count);
    for (int i = 0; i < inputs; i++) {
      matrix[i] = products[i].clone();
      // An input that never varied gets no weight.
      matrix[i][i] = products[i][i] > 0 ? products[i][i] * part : 1;
    }
    Cholesky decomposed = new Cholesky(matrix, 1e-9);
    double[][] coefficients = new double[means.length - inputs][];
    for (int o = 0; o < coefficients.length; o++) {
      double[] right = new double[inputs];
      System.arraycopy(products[inputs + o], 0, right, 0, inputs);
      coefficients[o] = decomposed.solve(right);
    }
    return coefficients;
  }
}
