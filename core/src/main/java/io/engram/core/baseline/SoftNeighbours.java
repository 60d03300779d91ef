package io.engram.core.baseline;

import io.engram.core.algebra.Vectors;

/**
 * The mean label of all support rows, the nearer the heavier: a Gaussian whose variance is the mean squared distance to the nearest
 * other row, with the support's smoothed mean mixed in for what lies far from all.
 *
 * @param smoothing rows' worth of the mean mixed in, above 0
 */
record SoftNeighbours(String name, double smoothing) implements Expert {

  @Override
  public double[][] answer(Rows rows) {
    double[] mean = new RecencyMean("mean", 1, 1).mean(rows);
    double variance = nearestOther(rows.support());
    double[][] answers = new double[rows.query().length][rows.width()];
    for (int q = 0; q < answers.length; q++) {
      double[] answer = answers[q];
      double total = smoothing;
      for (int c = 0; c < answer.length; c++) {
        answer[c] = smoothing * mean[c];
      }
      double least = Double.POSITIVE_INFINITY;
      for (double[] row : rows.support()) {
        least = Math.min(least, Vectors.distance(rows.query()[q], row));
      }
      for (int i = 0; i < rows.support().length; i++) {
        double further = Vectors.distance(rows.query()[q], rows.support()[i]) - least;
        double weight = variance > 0 ? Math.exp(-further / variance) : further > 0 ? 0 : 1;
        total += weight;
        for (int c = 0; c < answer.length; c++) {
          answer[c] += weight * rows.labels()[i][c];
        }
      }
      for (int c = 0; c < answer.length; c++) {
        answer[c] /= total;
      }
    }
    return answers;
  }

  private static double nearestOther(double[][] rows) {
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      double nearest = Double.POSITIVE_INFINITY;
      for (int j = 0; j < rows.length; j++) {
        if (i != j) {
          nearest = Math.min(nearest, Vectors.distance(rows[i], rows[j]));
        }
      }
      sum += rows.length > 1 ? nearest : 0;
    }
    return sum / rows.length;
  }
}
