package io.engram.core.baseline;

import io.engram.core.algebra.Vectors;

/**
 * Classes: probabilities proportional to a product of the experts', each raised to its weight. Loss: negative log-likelihood. Each task
 * adds its curvature and slope at the weights of now, a Newton step of the whole past without keeping it.
 */
record LogPool() implements Pool {

  private static final double FLOOR = 1e-3;

  @Override
  public double[][] combine(double[][][] answers, double[] weights) {
    double[][] combined = new double[answers[0].length][];
    for (int q = 0; q < combined.length; q++) {
      double[] scores = new double[answers[0][q].length];
      for (int e = 0; e < weights.length; e++) {
        for (int c = 0; c < scores.length; c++) {
          scores[c] += weights[e] * logarithm(answers[e][q][c]);
        }
      }
      Vectors.softmax(scores, FLOOR);
      combined[q] = scores;
    }
    return combined;
  }

  @Override
  public boolean tails() {
    return false;
  }

  @Override
  public double loss(double[][] answers, double[][] labels) {
    double sum = 0;
    for (int q = 0; q < labels.length; q++) {
      for (int c = 0; c < labels[q].length; c++) {
        sum -= labels[q][c] * logarithm(answers[q][c]);
      }
    }
    return sum;
  }

  @Override
  public double[] slopes(double[][][] candidates, double[][] answer, double[][] labels) {
    double[] slopes = new double[candidates.length];
    for (int k = 0; k < slopes.length; k++) {
      for (int q = 0; q < labels.length; q++) {
        for (int c = 0; c < labels[q].length; c++) {
          slopes[k] += (answer[q][c] - labels[q][c]) * logarithm(candidates[k][q][c]);
        }
      }
    }
    return slopes;
  }

  @Override
  public void learn(double[][][] answers, double[][] labels, double[] weights, Trust trust) {
    int experts = answers.length;
    double[][] combined = combine(answers, weights);
    for (int q = 0; q < labels.length; q++) {
      double[] p = combined[q];
      double[][] logs = new double[experts][p.length];
      double[] towards = new double[experts];
      for (int e = 0; e < experts; e++) {
        double mean = 0;
        for (int c = 0; c < p.length; c++) {
          logs[e][c] = logarithm(answers[e][q][c]);
          mean += p[c] * logs[e][c];
        }
        for (int c = 0; c < p.length; c++) {
          logs[e][c] -= mean;
          towards[e] += (labels[q][c] - p[c]) * logs[e][c];
        }
      }
      double[][] curvature = new double[experts][experts];
      for (int e = 0; e < experts; e++) {
        for (int f = 0; f < experts; f++) {
          for (int c = 0; c < p.length; c++) {
            curvature[e][f] += p[c] * logs[e][c] * logs[f][c];
          }
          towards[e] += curvature[e][f] * weights[f];
        }
      }
      trust.add(curvature, towards);
    }
  }

  private static double logarithm(double probability) {
    return Math.log(Math.max(FLOOR, probability));
  }
}
