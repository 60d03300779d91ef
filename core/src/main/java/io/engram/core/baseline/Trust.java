package io.engram.core.baseline;

import io.engram.core.algebra.Cholesky;
import java.nio.DoubleBuffer;

/**
 * What past tasks say about the weights of several experts: a quadratic loss in the weights, summed. For a linear combination it is
 * exact; for others it is what a Newton step sees.
 */
final class Trust {

  private final double[][] curvature;
  private final double[] pull;
  private double rows;
  private double counted = 1;

  Trust(int experts) {
    curvature = new double[experts][experts];
    pull = new double[experts];
  }

  static int savedLength(int experts) {
    return experts * experts + experts + 1;
  }

  void save(DoubleBuffer out) {
    for (double[] row : curvature) {
      out.put(row);
    }
    out.put(pull).put(rows);
  }

  void restore(DoubleBuffer in) {
    for (double[] row : curvature) {
      in.get(row);
    }
    in.get(pull);
    rows = in.get();
  }

  /** What is added from now on counts so many times. */
  Trust counting(double times) {
    counted = times;
    return this;
  }

  /** Forgets the given part of what it knows, below 1. */
  void forget(double part) {
    rows *= 1 - part;
    for (int i = 0; i < pull.length; i++) {
      pull[i] *= 1 - part;
      for (int j = 0; j < pull.length; j++) {
        curvature[i][j] *= 1 - part;
      }
    }
  }

  /**
   * Adds the loss of one row.
   *
   * @param added [experts × experts] its curvature
   * @param towards [experts] its curvature times the weights of least loss
   */
  void add(double[][] added, double[] towards) {
    rows++;
    for (int i = 0; i < pull.length; i++) {
      pull[i] += counted * towards[i];
      for (int j = 0; j < pull.length; j++) {
        curvature[i][j] += counted * added[i][j];
      }
    }
  }

  /**
   * The weights of least loss, held to where they start from.
   *
   * @param start [experts]
   * @param strength of the hold, in average rows; infinite for not moving
   */
  double[] weights(double[] start, double strength) {
    double trace = 0;
    for (int i = 0; i < pull.length; i++) {
      trace += curvature[i][i];
    }
    if (!(trace > 0) || Double.isInfinite(strength)) {
      return start.clone();
    }
    double hold = strength * trace / (pull.length * rows);
    double[] right = new double[pull.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = pull[i] + hold * start[i];
    }
    return new Cholesky(curvature, hold).solve(right);
  }
}
