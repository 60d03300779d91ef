package io.engram.core.baseline;

import java.util.Arrays;

/**
 * Experts weighted by what they were worth over past tasks. It starts from trusting the best expert so far and lets evidence move it;
 * how easily it is moved is chosen as well: the answers under several strengths are all scored, and the best so far speaks. Being
 * unmovable is one of them, so that the mixture is hardly ever worse than the best expert.
 */
final class Mixture {

  private static final double[] STRENGTHS = {Double.POSITIVE_INFINITY, 1000, 100, 10};

  /** After each task, of what is known about weights: some hundred tasks count. */
  private static final double FORGOTTEN = 0.005;

  /** After each task, of losses: experts that learn get better, and what they did twenty tasks ago says little. */
  private static final double LOSS_FORGOTTEN = 0.05;

  private final Pool pool;
  private final Trust trust;
  private final double[] expertLosses;
  private final double[] strengthLosses = new double[STRENGTHS.length];
  private double[][] weights;

  Mixture(Pool pool, int experts) {
    this.pool = pool;
    trust = new Trust(experts);
    expertLosses = new double[experts];
    weights = decide();
  }

  /** [experts] weights that the mixture answers with. */
  double[] weights() {
    return weights[least(strengthLosses)].clone();
  }

  double[][] answer(double[][][] answers) {
    return pool.combine(answers, weights());
  }

  void learn(double[][][] answers, double[][] labels) {
    for (int e = 0; e < answers.length; e++) {
      expertLosses[e] = later(expertLosses[e], pool.loss(answers[e], labels));
    }
    for (int s = 0; s < STRENGTHS.length; s++) {
      strengthLosses[s] =
          later(strengthLosses[s], pool.loss(pool.combine(answers, weights[s]), labels));
    }
    trust.forget(FORGOTTEN);
    pool.learn(answers, labels, weights(), trust);
    weights = decide();
  }

  private double[][] decide() {
    double[] best = new double[expertLosses.length];
    best[least(expertLosses)] = 1;
    double[][] decided = new double[STRENGTHS.length][];
    Arrays.setAll(decided, s -> trust.weights(best, STRENGTHS[s]));
    return decided;
  }

  private static double later(double before, double loss) {
    return (1 - LOSS_FORGOTTEN) * before + loss;
  }

  private static int least(double[] losses) {
    int least = 0;
    for (int i = 1; i < losses.length; i++) {
      if (losses[i] < losses[least]) {
        least = i;
      }
    }
    return least;
  }
}
