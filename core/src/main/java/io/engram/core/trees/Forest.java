package io.engram.core.trees;

import java.util.Arrays;

/**
 * Boosted trees, each complete: a node left alone sends every row to its left. One flat array holds them, tree after tree, for output 0
 * first: {@code 2^depth − 1} inputs to split by, as many thresholds, {@code 2^depth} answers of the leaves. A row goes right where its input is
 * greater than the threshold. Immutable; safe for any number of threads.
 *
 * @param outputs numbers that a row is answered with
 * @param rounds trees of each output
 * @param flat [outputs × rounds × length of a tree]
 */
@SuppressWarnings("ArrayRecordComponent") // one tensor of a version, never compared
public record Forest(int outputs, int depth, int rounds, float[] flat) {

  public Forest {
    if (flat.length != outputs * rounds * treeLength(depth)) {
      throw new IllegalArgumentException(
          "%d × %d trees of depth %d are %d numbers, found %d"
              .formatted(
                  outputs, rounds, depth, outputs * rounds * treeLength(depth), flat.length));
    }
  }

  /** Trees that answer 0. */
  public static Forest bare(int outputs, Boosting boosting) {
    Forest bare =
        new Forest(
            outputs,
            boosting.depth(),
            boosting.rounds(),
            new float[outputs * boosting.rounds() * treeLength(boosting.depth())]);
    for (int tree = 0; tree < outputs * boosting.rounds(); tree++) {
      bare.clear(tree);
    }
    return bare;
  }

  /**
   * Checks trees that came from elsewhere.
   *
   * @throws IllegalArgumentException if one splits by an input that rows of this length do not have
   */
  public void requireInputs(int inputs) {
    int inner = (1 << depth) - 1;
    for (int tree = 0; tree < outputs * rounds; tree++) {
      for (int node = 0; node < inner; node++) {
        float input = flat[tree * treeLength(depth) + node];
        if (!(input >= 0 && input < inputs)) {
          throw new IllegalArgumentException(
              "tree %d splits by input %s of %d".formatted(tree, input, inputs));
        }
      }
    }
  }

  /** Numbers in a tree. */
  public static int treeLength(int depth) {
    return 3 * (1 << depth) - 2;
  }

  /**
   * Adds to {@code answer} what the trees say to a row.
   *
   * @param row its inputs from {@code from} on
   * @param answer [outputs]
   */
  public void addAnswer(float[] row, int from, double[] answer) {
    for (int output = 0; output < outputs; output++) {
      double sum = 0;
      for (int round = 0; round < rounds; round++) {
        sum += answer(output * rounds + round, row, from);
      }
      answer[output] += sum;
    }
  }

  float answer(int tree, float[] row, int from) {
    int inner = (1 << depth) - 1;
    int at = tree * treeLength(depth);
    int node = 0;
    while (node < inner) {
      int input = (int) flat[at + node];
      node = 2 * node + (row[from + input] > flat[at + inner + node] ? 2 : 1);
    }
    return flat[at + inner + node];
  }

  /** Every row to the left, where it is answered with 0. */
  void clear(int tree) {
    int inner = (1 << depth) - 1;
    int at = tree * treeLength(depth);
    Arrays.fill(flat, at, at + treeLength(depth), 0);
    Arrays.fill(flat, at + inner, at + 2 * inner, Float.MAX_VALUE);
  }

  void split(int tree, int node, int input, float threshold) {
    int at = tree * treeLength(depth);
    flat[at + node] = input;
    flat[at + (1 << depth) - 1 + node] = threshold;
  }

  void leaf(int tree, int leaf, float answer) {
    int inner = (1 << depth) - 1;
    flat[tree * treeLength(depth) + 2 * inner + leaf] = answer;
  }
}
