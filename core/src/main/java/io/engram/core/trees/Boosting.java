package io.engram.core.trees;

/**
 * How trees are boosted.
 *
 * @param rounds trees for each output, at least 0
 * @param depth of each tree, from 1 to 8
 * @param rate what part of its answer a tree gives
 * @param rowShare share of the rows that a tree is grown on
 * @param inputShare share of the inputs that a tree may split by
 * @param leafWeight rows (for classes: their curvature) that a leaf has at least
 * @param penalty rows' worth of zeros mixed into a leaf
 */
public record Boosting(
    int rounds,
    int depth,
    double rate,
    double rowShare,
    double inputShare,
    double leafWeight,
    double penalty) {

  private static final int DEEPEST = 8;

  public Boosting {
    if (rounds < 0 || depth < 1 || depth > DEEPEST) {
      throw new IllegalArgumentException(
          "boosting takes 0 or more rounds of trees 1 to %d deep, found %d, %d"
              .formatted(DEEPEST, rounds, depth));
    }
    if (!(rate > 0 && share(rowShare) && share(inputShare) && leafWeight >= 0 && penalty >= 0)) {
      throw new IllegalArgumentException(
          "a rate lies above 0, shares in (0, 1], weights at 0 or above; found %s, %s, %s, %s, %s"
              .formatted(rate, rowShare, inputShare, leafWeight, penalty));
    }
  }

  private static boolean share(double value) {
    return value > 0 && value <= 1;
  }
}
