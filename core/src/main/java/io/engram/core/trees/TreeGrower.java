package io.engram.core.trees;

import io.engram.core.random.RandomStream;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Grows one tree at a time, level by level, by the gain of a Newton step (Chen & Guestrin 2016, equation 7). Of two sisters the one with fewer
 * rows is counted, the other is their mother less it.
 */
final class TreeGrower {

  private static final double LEAST_GAIN = 1e-9;

  /** A slope and a curvature for each bin of an input. */
  private static final int WIDTH = 2 * BinnedRows.BINS;

  private final BinnedRows rows;
  private final Boosting boosting;
  private final RandomStream random;
  private final int[] order;
  private final int[] scratch;
  private final int[] inputs;
  private final int[] starts;
  private final int[] ends;
  private final float[] slopes;
  private final float[] weights;
  private final int used;

  /** By node: for each input in use, slope and curvature of each of its bins. */
  private final double[][] sums;

  TreeGrower(BinnedRows rows, Boosting boosting, RandomStream random) {
    this.rows = rows;
    this.boosting = boosting;
    this.random = random;
    int nodes = 2 << boosting.depth();
    order = new int[rows.rows()];
    scratch = new int[rows.rows()];
    // An input that is the same in all rows is none to split by.
    inputs = IntStream.range(0, rows.inputs()).filter(j -> rows.binsOf(j) > 1).toArray();
    starts = new int[nodes];
    ends = new int[nodes];
    used =
        Math.min(
            inputs.length, Math.max(1, (int) Math.round(boosting.inputShare() * inputs.length)));
    slopes = new float[rows.rows()];
    weights = new float[rows.rows()];
    sums = new double[nodes][];
  }

  /**
   * Grows a tree of the forest.
   *
   * @param slope [rows] gradient of each row's loss
   * @param weight [rows] its curvature
   */
  void grow(Forest forest, int tree, float[] slope, float[] weight) {
    forest.clear(tree);
    random.shuffle(inputs);
    Arrays.fill(starts, 0);
    Arrays.fill(ends, 0);
    ends[0] = sample();
    count(0, slope, weight);
    int inner = (1 << boosting.depth()) - 1;
    for (int node = 0; node < inner; node++) {
      if (ends[node] > starts[node]) {
        split(forest, tree, node, inner, slope, weight);
      }
    }
    for (int leaf = 0; leaf <= inner; leaf++) {
      int node = inner + leaf;
      if (ends[node] > starts[node]) {
        forest.leaf(tree, leaf, (float) answer(node, slope, weight));
      }
    }
  }

  /** Rows drawn with the row share, in their order. */
  private int sample() {
    int drawn = 0;
    for (int i = 0; i < order.length; i++) {
      if (boosting.rowShare() >= 1 || random.nextDouble() < boosting.rowShare()) {
        order[drawn++] = i;
      }
    }
    return drawn;
  }

  private void split(Forest forest, int tree, int node, int inner, float[] slope, float[] weight) {
    double[] bins = sums[node];
    double allSlope = 0;
    double allWeight = 0;
    int first = used == 0 ? 0 : rows.binsOf(inputs[0]);
    for (int b = 0; b < first; b++) {
      allSlope += bins[2 * b];
      allWeight += bins[2 * b + 1];
    }
    double best = LEAST_GAIN;
    int bestInput = -1;
    int bestBin = 0;
    double mother = gain(allSlope, allWeight);
    for (int k = 0; k < used; k++) {
      int last = rows.binsOf(inputs[k]) - 1;
      double leftSlope = 0;
      double leftWeight = 0;
      for (int b = 0; b < last; b++) {
        leftSlope += bins[k * WIDTH + 2 * b];
        leftWeight += bins[k * WIDTH + 2 * b + 1];
        if (leftWeight < boosting.leafWeight()) {
          continue;
        }
        if (allWeight - leftWeight < boosting.leafWeight()) {
          break;
        }
        double gained =
            gain(leftSlope, leftWeight)
                + gain(allSlope - leftSlope, allWeight - leftWeight)
                - mother;
        if (gained > best) {
          best = gained;
          bestInput = k;
          bestBin = b;
        }
      }
    }
    int left = 2 * node + 1;
    int right = left + 1;
    starts[left] = starts[node];
    if (bestInput < 0) {
      ends[left] = ends[node];
      starts[right] = ends[node];
      ends[right] = ends[node];
      hand(node, left);
      return;
    }
    int input = inputs[bestInput];
    forest.split(tree, node, input, rows.cut(input, bestBin));
    int middle = part(node, rows.bins(input), bestBin);
    ends[left] = middle;
    starts[right] = middle;
    ends[right] = ends[node];
    if (left < inner) {
      int smaller = middle - starts[left] <= ends[right] - middle ? left : right;
      count(smaller, slope, weight);
      int other = smaller == left ? right : left;
      hand(node, other);
      for (int i = 0; i < sums[smaller].length; i++) {
        sums[other][i] -= sums[smaller][i];
      }
    }
  }

  private void hand(int from, int to) {
    double[] spare = sums[to];
    sums[to] = sums[from];
    sums[from] = spare;
  }

  /** Rows up to the bin to the left, the others to the right, both in their order. */
  private int part(int node, byte[] bins, int bin) {
    int at = starts[node];
    int beyond = 0;
    for (int i = starts[node]; i < ends[node]; i++) {
      if (bins[order[i]] <= bin) {
        order[at++] = order[i];
      } else {
        scratch[beyond++] = order[i];
      }
    }
    System.arraycopy(scratch, 0, order, at, beyond);
    return at;
  }

  /** Sums up slope and curvature of a node's rows by bin, for all inputs that this tree may split by. */
  private void count(int node, float[] slope, float[] weight) {
    double[] bins = sums[node];
    if (bins == null) {
      bins = new double[used * WIDTH];
      sums[node] = bins;
    }
    Arrays.fill(bins, 0);
    int size = ends[node] - starts[node];
    for (int i = 0; i < size; i++) {
      int row = order[starts[node] + i];
      scratch[i] = row;
      slopes[i] = slope[row];
      weights[i] = weight[row];
    }
    for (int k = 0; k < used; k++) {
      byte[] binned = rows.bins(inputs[k]);
      int at = k * WIDTH;
      for (int i = 0; i < size; i++) {
        int bin = at + 2 * binned[scratch[i]];
        bins[bin] += slopes[i];
        bins[bin + 1] += weights[i];
      }
    }
  }

  private double gain(double slope, double weight) {
    return slope * slope / (weight + boosting.penalty());
  }

  private double answer(int node, float[] slope, float[] weight) {
    double slopeSum = 0;
    double weightSum = 0;
    for (int i = starts[node]; i < ends[node]; i++) {
      slopeSum += slope[order[i]];
      weightSum += weight[order[i]];
    }
    return -boosting.rate() * slopeSum / (weightSum + boosting.penalty());
  }
}
