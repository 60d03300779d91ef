package io.engram.core.baseline;

import java.util.Arrays;

/**
 * What an expert may see of a task before it answers. Arrays are shared, not copied: never write into them.
 *
 * @param support [support × columns] standardised inputs without missing cells
 * @param labels [support × width]: numbers, or a 1 at the class and 0 elsewhere
 * @param query [queries × columns] standardised inputs without missing cells
 * @param prior [width] mean label of all rows so far: for classes their shares
 */
@SuppressWarnings("ArrayRecordComponent") // flat arrays are the currency of the experts
public record Rows(double[][] support, double[][] labels, double[][] query, double[] prior) {

  public Rows {
    if (support.length == 0 || support.length != labels.length) {
      throw new IllegalArgumentException(
          "every support row needs its label and there must be one, found %d rows and %d labels"
              .formatted(support.length, labels.length));
    }
  }

  /** Values in a label: 1 for a number, the number of classes for classes. */
  public int width() {
    return labels[0].length;
  }

  /** Inputs of a row. */
  public int columns() {
    return support[0].length;
  }

  /** The support set without one row, which becomes the query. */
  public Rows without(int row) {
    return new Rows(
        others(support, row), others(labels, row), new double[][] {support[row]}, prior);
  }

  /** The same labels, asked for the support rows. */
  public Rows askingSupport() {
    return new Rows(support, labels, support, prior);
  }

  /** The same rows under other labels. */
  Rows labelled(double[][] others) {
    return new Rows(support, others, query, prior);
  }

  private static double[][] others(double[][] rows, int row) {
    double[][] rest = Arrays.copyOf(rows, rows.length - 1);
    System.arraycopy(rows, row + 1, rest, row, rest.length - row);
    return rest;
  }
}
