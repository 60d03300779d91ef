package io.engram.core.baseline;

import io.engram.core.algebra.Vectors;

/**
 * The mean label of the support rows nearest to the query row. Of rows equally near the later counts.
 *
 * @param count how many, at least 1
 */
record Neighbours(String name, int count) implements Expert {

  Neighbours {
    if (count < 1) {
      throw new IllegalArgumentException("at least 1 neighbour is needed, found " + count);
    }
  }

  @Override
  public double[][] answer(Rows rows) {
    double[][] answers = new double[rows.query().length][];
    double[] distances = new double[rows.support().length];
    for (int q = 0; q < answers.length; q++) {
      for (int i = 0; i < distances.length; i++) {
        distances[i] = Vectors.distance(rows.query()[q], rows.support()[i]);
      }
      answers[q] = nearest(rows, distances);
    }
    return answers;
  }

  private double[] nearest(Rows rows, double[] distances) {
    double[] mean = new double[rows.width()];
    int used = Math.min(count, distances.length);
    for (int k = 0; k < used; k++) {
      int nearest = distances.length - 1;
      for (int i = nearest - 1; i >= 0; i--) {
        if (distances[i] < distances[nearest]) {
          nearest = i;
        }
      }
      distances[nearest] = Double.POSITIVE_INFINITY;
      for (int c = 0; c < mean.length; c++) {
        mean[c] += rows.labels()[nearest][c] / used;
      }
    }
    return mean;
  }
}
