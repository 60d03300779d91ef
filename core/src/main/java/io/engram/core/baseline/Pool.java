package io.engram.core.baseline;

/** How answers of several experts become one, and what the answers cost. Answers are [experts × queries × width]. */
public sealed interface Pool permits LinearPool, LogPool {

  /** Of numbers: the first expert's answer plus a weighted sum of the others' differences from it. */
  static Pool numbers() {
    return new LinearPool();
  }

  /** Of probabilities: a product of powers. */
  static Pool classes() {
    return new LogPool();
  }

  /**
   * Combines.
   *
   * @param weights [experts]
   * @return [queries × width]
   */
  double[][] combine(double[][][] answers, double[] weights);

  /** Whether losses have tails: one row may cost any number of times what others do. */
  boolean tails();

  /** Loss of answers, [queries × width], summed over queries. */
  double loss(double[][] answers, double[][] labels);

  /**
   * How the loss of an answer rises with the say of each candidate in it, [candidates].
   *
   * @param candidates [candidates × queries × width]
   * @param answer that all of them gave together
   */
  double[] slopes(double[][][] candidates, double[][] answer, double[][] labels);

  /** Adds to what is known of weights, seen from those of now. */
  void learn(double[][][] answers, double[][] labels, double[] weights, Trust trust);
}
