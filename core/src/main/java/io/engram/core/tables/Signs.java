package io.engram.core.tables;

import io.engram.core.algebra.Vectors;
import io.engram.core.baseline.Rows;

/** What tells how far off an answer may be: a constant, and logarithms of the support labels' spread, of how far the experts who learn are apart, and of the way to the nearest support row. */
final class Signs {

  static final int COUNT = 4;

  /** The experts who learn over tasks stand last. */
  private static final int LEARNERS = 6;

  private static final double LEAST = 0.03;

  private Signs() {}

  /**
   * For each query row and output.
   *
   * @param experts [experts × queries × outputs] in deviations
   * @return [queries × outputs × {@link #COUNT}]
   */
  static double[][][] of(Rows task, double[][][] experts) {
    double[] spread = spread(task.labels());
    double[][][] signs = new double[task.query().length][task.width()][COUNT];
    for (int q = 0; q < signs.length; q++) {
      double way = Math.log(LEAST + nearest(task, q));
      for (int c = 0; c < signs[q].length; c++) {
        signs[q][c][0] = 1;
        signs[q][c][1] = Math.log(LEAST + spread[c]);
        signs[q][c][2] = Math.log(LEAST + apart(experts, q, c));
        signs[q][c][3] = way;
      }
    }
    return signs;
  }

  private static double[] spread(double[][] labels) {
    double[] mean = Vectors.mean(labels);
    double[] spread = new double[mean.length];
    for (double[] label : labels) {
      for (int c = 0; c < mean.length; c++) {
        spread[c] += (label[c] - mean[c]) * (label[c] - mean[c]) / labels.length;
      }
    }
    for (int c = 0; c < mean.length; c++) {
      spread[c] = Math.sqrt(spread[c]);
    }
    return spread;
  }

  private static double apart(double[][][] experts, int query, int output) {
    int first = experts.length - LEARNERS;
    double mean = 0;
    for (int e = first; e < experts.length; e++) {
      mean += experts[e][query][output] / LEARNERS;
    }
    double squares = 0;
    for (int e = first; e < experts.length; e++) {
      double off = experts[e][query][output] - mean;
      squares += off * off / LEARNERS;
    }
    return Math.sqrt(squares);
  }

  private static double nearest(Rows task, int query) {
    double least = Double.POSITIVE_INFINITY;
    for (double[] row : task.support()) {
      least = Math.min(least, Vectors.distance(row, task.query()[query]));
    }
    return Math.sqrt(least / task.columns());
  }
}
