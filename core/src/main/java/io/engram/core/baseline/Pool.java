package io.engram.core.baseline;

/** How answers of several experts become one, and what the answers cost. Answers are [experts × queries × width]. */
sealed interface Pool permits LinearPool, LogPool {

  /**
   * Combines.
   *
   * @param weights [experts]
   * @return [queries × width]
   */
  double[][] combine(double[][][] answers, double[] weights);

  /** Loss of answers, [queries × width], summed over queries. */
  double loss(double[][] answers, double[][] labels);

  /** Adds to what is known of weights, seen from those of now. */
  void learn(double[][][] answers, double[][] labels, double[] weights, Trust trust);
}
