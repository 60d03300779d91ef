package io.engram.core.baseline;

import io.engram.core.algebra.Vectors;

/**
 * Numbers: the first expert's answer plus a weighted sum of the others' differences from it. Loss: squared error. Weights are those of
 * least squares, exactly.
 */
record LinearPool() implements Pool {

  @Override
  public double[][] combine(double[][][] answers, double[] weights) {
    double[][] combined = new double[answers[0].length][];
    for (int q = 0; q < combined.length; q++) {
      double[] first = answers[0][q];
      combined[q] = first.clone();
      for (int e = 1; e < weights.length; e++) {
        for (int c = 0; c < first.length; c++) {
          combined[q][c] += weights[e] * (answers[e][q][c] - first[c]);
        }
      }
    }
    return combined;
  }

  @Override
  public boolean tails() {
    return true;
  }

  @Override
  public double loss(double[][] answers, double[][] labels) {
    double sum = 0;
    for (int q = 0; q < labels.length; q++) {
      sum += Vectors.distance(answers[q], labels[q]) / labels[q].length;
    }
    return sum;
  }

  @Override
  public double[] slopes(double[][][] candidates, double[][] answer, double[][] labels) {
    double[] slopes = new double[candidates.length];
    for (int k = 0; k < slopes.length; k++) {
      for (int q = 0; q < labels.length; q++) {
        for (int c = 0; c < labels[q].length; c++) {
          slopes[k] += 2 * (answer[q][c] - labels[q][c]) * candidates[k][q][c] / labels[q].length;
        }
      }
    }
    return slopes;
  }

  @Override
  public void learn(double[][][] answers, double[][] labels, double[] weights, Trust trust) {
    int experts = answers.length;
    for (int q = 0; q < labels.length; q++) {
      double[][] curvature = new double[experts][experts];
      double[] towards = new double[experts];
      for (int c = 0; c < labels[q].length; c++) {
        double first = answers[0][q][c];
        for (int e = 1; e < experts; e++) {
          double difference = answers[e][q][c] - first;
          towards[e] += difference * (labels[q][c] - first);
          for (int f = 1; f < experts; f++) {
            curvature[e][f] += difference * (answers[f][q][c] - first);
          }
        }
      }
      trust.add(curvature, towards);
    }
  }
}
