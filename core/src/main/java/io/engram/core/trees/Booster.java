package io.engram.core.trees;

import io.engram.core.random.RandomStream;

/** Boosts trees on rows: for numbers by squared error, for classes by the softmax of one score each. */
public final class Booster {

  private static final double LEAST_CURVATURE = 1e-6;

  private final Boosting boosting;
  private final long seed;

  public Booster(Boosting boosting, long seed) {
    this.boosting = boosting;
    this.seed = seed;
  }

  /**
   * Trees whose answers sum up to the targets.
   *
   * @param rows [rows × inputs], finite
   * @param targets [rows × outputs]
   * @param offsets [rows × outputs] what the trees' answers are added to
   */
  public Forest numbers(float[] rows, int inputs, float[] targets, float[] offsets, int outputs) {
    return boost(rows, inputs, targets, offsets, outputs, false);
  }

  /**
   * Trees whose answers are scores of classes, to be put through a softmax; of two classes the second's alone. A class that no row has gets
   * none; where rows are of two, neither does the first of those.
   *
   * @param rows [rows × inputs], finite
   * @param targets [rows × classes] a 1 at the class of a row, else 0
   * @param offsets [rows × classes] scores that the trees' are added to
   */
  public Forest classes(float[] rows, int inputs, float[] targets, float[] offsets, int classes) {
    return boost(rows, inputs, targets, offsets, classes, true);
  }

  private Forest boost(
      float[] rows, int inputs, float[] targets, float[] offsets, int outputs, boolean softmax) {
    int first = softmax && outputs == 2 ? 1 : 0;
    Forest forest = Forest.bare(outputs - first, boosting);
    int size = targets.length / outputs;
    if (size == 0) {
      return forest;
    }
    TreeGrower grower =
        new TreeGrower(new BinnedRows(rows, inputs), boosting, new RandomStream(seed));
    float[] scores = offsets.clone();
    float[][] slopes = new float[outputs][size];
    float[][] weights = new float[outputs][size];
    boolean[] wanted = wanted(targets, outputs, softmax);
    // Of two classes only the difference counts: the first one's score stays.
    boolean two = softmax && count(wanted) == 2;
    if (two) {
      wanted[firstOf(wanted)] = false;
    }
    double apart = two ? 1 : apart(count(wanted));
    for (int round = 0; round < boosting.rounds(); round++) {
      for (int i = 0; i < size; i++) {
        if (softmax) {
          softmax(scores, targets, i, slopes, weights, apart);
        } else {
          squares(scores, targets, i, slopes, weights);
        }
      }
      for (int c = first; c < outputs; c++) {
        if (!wanted[c]) {
          continue;
        }
        int tree = (c - first) * boosting.rounds() + round;
        grower.grow(forest, tree, slopes[c], weights[c]);
        for (int i = 0; i < size; i++) {
          scores[i * outputs + c] += forest.answer(tree, rows, i * inputs);
        }
      }
    }
    return forest;
  }

  private static boolean[] wanted(float[] targets, int outputs, boolean softmax) {
    boolean[] wanted = new boolean[outputs];
    for (int i = 0; i < targets.length; i++) {
      wanted[i % outputs] |= !softmax || targets[i] > 0;
    }
    return wanted;
  }

  /** Classes are treated as if each could move alone, which together is too far by this. */
  private static double apart(int moving) {
    return moving < 2 ? 1 : moving / (moving - 1.0);
  }

  private static int count(boolean[] wanted) {
    int count = 0;
    for (boolean it : wanted) {
      count += it ? 1 : 0;
    }
    return count;
  }

  private static int firstOf(boolean[] wanted) {
    int first = 0;
    while (!wanted[first]) {
      first++;
    }
    return first;
  }

  private static void squares(
      float[] scores, float[] targets, int row, float[][] slopes, float[][] weights) {
    int outputs = slopes.length;
    for (int c = 0; c < outputs; c++) {
      slopes[c][row] = scores[row * outputs + c] - targets[row * outputs + c];
      weights[c][row] = 1;
    }
  }

  private static void softmax(
      float[] scores, float[] targets, int row, float[][] slopes, float[][] weights, double apart) {
    int classes = slopes.length;
    int at = row * classes;
    float largest = Float.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      largest = Math.max(largest, scores[at + c]);
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += Math.exp(scores[at + c] - largest);
    }
    for (int c = 0; c < classes; c++) {
      double p = Math.exp(scores[at + c] - largest) / sum;
      slopes[c][row] = (float) (p - targets[at + c]);
      weights[c][row] = (float) (apart * Math.max(LEAST_CURVATURE, p * (1 - p)));
    }
  }
}
