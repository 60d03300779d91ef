package io.engram.core.baseline;

import java.util.Arrays;

/**
 * The same answer for every query row: the mean of the support labels, where each counts {@code decay} times as much as the next one.
 *
 * @param decay 1 for the plain mean, 0 for the last label alone
 * @param smoothing rows' worth of the prior mixed in, at least 0; with any of it no class is impossible
 */
record RecencyMean(String name, double decay, double smoothing) implements Expert {

  RecencyMean {
    if (!(decay >= 0 && decay <= 1 && smoothing >= 0)) {
      throw new IllegalArgumentException(
          "decay lies in [0, 1] and smoothing at 0 or above, found %s, %s"
              .formatted(decay, smoothing));
    }
  }

  @Override
  public double[][] answer(Rows rows) {
    double[][] answers = new double[rows.query().length][];
    Arrays.fill(answers, mean(rows));
    return answers;
  }

  double[] mean(Rows rows) {
    double[] mean = new double[rows.width()];
    double total = smoothing;
    for (int c = 0; c < mean.length; c++) {
      mean[c] = smoothing * rows.prior()[c];
    }
    double weight = 1;
    for (int i = rows.labels().length - 1; i >= 0 && weight > 0; i--) {
      for (int c = 0; c < mean.length; c++) {
        mean[c] += weight * rows.labels()[i][c];
      }
      total += weight;
      weight *= decay;
    }
    for (int c = 0; c < mean.length; c++) {
      mean[c] /= total;
    }
    return mean;
  }
}
