package io.engram.experiments.tables;

import io.engram.core.task.Targets;

/** Expected calibration error: in ten bins of confidence, how far accuracy and confidence are apart, weighted by answers (Guo et al. 2017). */
final class Calibration {

  private static final int BINS = 10;

  private final double[] confidence = new double[BINS];
  private final double[] right = new double[BINS];
  private long answers;

  void add(double[][] probabilities, Targets.Classes truth) {
    for (int q = 0; q < probabilities.length; q++) {
      int largest = 0;
      for (int c = 1; c < probabilities[q].length; c++) {
        largest = probabilities[q][c] > probabilities[q][largest] ? c : largest;
      }
      double sure = probabilities[q][largest];
      int bin = Math.min(BINS - 1, (int) (sure * BINS));
      confidence[bin] += sure;
      right[bin] += truth.classes()[q] == largest ? 1 : 0;
      answers++;
    }
  }

  /** Between 0 and 1; NaN before anything was answered. */
  double error() {
    double sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      sum += Math.abs(confidence[bin] - right[bin]);
    }
    return sum / answers;
  }
}
