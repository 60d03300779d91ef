package io.engram.core.trees;

import java.util.Arrays;

/** Rows with each input in one of at most 64 bins of about as many rows each. */
final class BinnedRows {

  static final int BINS = 64;

  private final int rows;
  private final byte[][] bins;
  private final float[][] cuts;

  /**
   * Bins rows.
   *
   * @param flat [rows × inputs], finite
   */
  BinnedRows(float[] flat, int inputs) {
    rows = flat.length / inputs;
    bins = new byte[inputs][rows];
    cuts = new float[inputs][];
    float[] column = new float[rows];
    for (int j = 0; j < inputs; j++) {
      for (int i = 0; i < rows; i++) {
        column[i] = flat[i * inputs + j];
      }
      cuts[j] = cuts(column.clone());
      for (int i = 0; i < rows; i++) {
        bins[j][i] = (byte) bin(cuts[j], column[i]);
      }
    }
  }

  int rows() {
    return rows;
  }

  int inputs() {
    return bins.length;
  }

  /** [rows] the bin of each row by one input. */
  byte[] bins(int input) {
    return bins[input];
  }

  int binsOf(int input) {
    return cuts[input].length + 1;
  }

  /** What lies in a bin beyond {@code bin} is greater than this. */
  float cut(int input, int bin) {
    return cuts[input][bin];
  }

  /** Halfway between neighbours that differ, at about equal counts. */
  private static float[] cuts(float[] sorted) {
    Arrays.sort(sorted);
    float[] found = new float[BINS - 1];
    int count = 0;
    int from = 0;
    for (int b = 1; b < BINS; b++) {
      int at = (int) ((long) b * sorted.length / BINS);
      while (at < sorted.length && at > 0 && sorted[at] == sorted[at - 1]) {
        at++;
      }
      if (at > from && at < sorted.length) {
        float cut = sorted[at - 1] + (sorted[at] - sorted[at - 1]) / 2;
        found[count++] = cut < sorted[at] ? cut : sorted[at - 1];
        from = at;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** How many cuts lie below a value. */
  private static int bin(float[] cuts, float value) {
    int low = 0;
    int high = cuts.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (value > cuts[middle]) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
