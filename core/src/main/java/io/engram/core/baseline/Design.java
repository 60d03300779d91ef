package io.engram.core.baseline;

import io.engram.core.algebra.Vectors;

/** What a model of all rows looks at in a row of a task, and what its answer is relative to. */
enum Design {
  /** The row alone: one function for all keys. */
  ROW,
  /** The row's difference from the support's mean row: what a change means, whatever the key's level. */
  DIFFERENCE,
  /** Both, and what the support labels say by themselves. */
  ALL;

  private static final RecencyMean LEVEL = new RecencyMean("level", 1, 1);
  private static final RecencyMean RECENT = new RecencyMean("recent", 0.7, 1);
  private static final RecencyMean LAST = new RecencyMean("last", 0, 1);

  /** A task's part of the inputs. */
  @SuppressWarnings("ArrayRecordComponent") // short-lived
  record Context(double[] centre, double[] statistics) {}

  Context context(Rows rows) {
    double[] statistics = new double[0];
    if (this == ALL) {
      double[] level = LEVEL.mean(rows);
      double[] recent = RECENT.mean(rows);
      double[] last = LAST.mean(rows);
      int width = level.length;
      statistics = new double[3 * width];
      for (int c = 0; c < width; c++) {
        statistics[c] = level[c];
        statistics[width + c] = recent[c] - level[c];
        statistics[2 * width + c] = last[c] - level[c];
      }
    }
    return new Context(Vectors.mean(rows.support()), statistics);
  }

  /** Length of {@link #inputs}. */
  int size(int columns, int width) {
    return this == ALL ? 2 * columns + 3 * width : columns;
  }

  double[] inputs(Context context, double[] row) {
    if (this == ROW) {
      return row;
    }
    double[] difference = Vectors.minus(row, context.centre);
    if (this == DIFFERENCE) {
      return difference;
    }
    double[] inputs = new double[2 * row.length + context.statistics.length];
    System.arraycopy(row, 0, inputs, 0, row.length);
    System.arraycopy(difference, 0, inputs, row.length, row.length);
    System.arraycopy(context.statistics, 0, inputs, 2 * row.length, context.statistics.length);
    return inputs;
  }

  /** What a number's answer is added to: nothing, or the support's mean. */
  double[] level(Rows rows) {
    return this == ROW ? new double[rows.width()] : Vectors.mean(rows.labels());
  }
}
