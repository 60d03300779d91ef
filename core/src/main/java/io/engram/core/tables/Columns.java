package io.engram.core.tables;

import java.util.Arrays;

/** Mean and standard deviation of each column of a table. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Columns(float[] mean, float[] deviation) {

  /** Rows at either end that may say nothing, one in so many. */
  private static final int TAILS = 200;

  /** Deviations between the quartiles of a normal distribution. */
  private static final double NORMAL_QUARTILES = 1.349;

  private static final double FAR_BEYOND = 30;

  private static final double TIMES_THE_MIDDLE = 3;

  /** Of rows, row-major; a column whose deviation is rounding alone has none. */
  static Columns of(float[] rows, int columns) {
    int count = rows.length / columns;
    Columns all = new Columns(new float[columns], new float[columns]);
    float[] column = new float[count];
    for (int j = 0; j < columns; j++) {
      all.measure(j, column(rows, columns, j, column));
    }
    return all;
  }

  /**
   * The same, but the outermost half per cent of a column counts as if it lay where the rest ends: one wild value does not decide by what all
   * others are measured. Where the rest is constant it counts as it is.
   */
  static Columns robust(float[] rows, int columns) {
    int count = rows.length / columns;
    int tail = count / TAILS;
    Columns all = new Columns(new float[columns], new float[columns]);
    float[] column = new float[count];
    for (int j = 0; j < columns; j++) {
      float[] sorted = column(rows, columns, j, column);
      Arrays.sort(sorted);
      if (tail > 0 && sorted[tail] < sorted[count - 1 - tail]) {
        Arrays.fill(sorted, 0, tail, sorted[tail]);
        Arrays.fill(sorted, count - tail, count, sorted[count - 1 - tail]);
      }
      all.measure(j, sorted);
      if (count > 0) {
        all.standUp(j, sorted);
      }
    }
    return all;
  }

  /** Where even so the deviation is far beyond that of the middle half, the ends were too many to pull in: the middle decides. */
  private void standUp(int j, float[] sorted) {
    double middle =
        (sorted[sorted.length * 3 / 4] - (double) sorted[sorted.length / 4]) / NORMAL_QUARTILES;
    if (middle > 0 && deviation[j] > FAR_BEYOND * middle) {
      mean[j] = sorted[sorted.length / 2];
      deviation[j] = (float) (TIMES_THE_MIDDLE * middle);
    }
  }

  private static float[] column(float[] rows, int columns, int j, float[] into) {
    for (int i = 0; i < into.length; i++) {
      into[i] = rows[i * columns + j];
    }
    return into;
  }

  private void measure(int j, float[] column) {
    double average = 0;
    double squares = 0;
    long count = 0;
    for (float value : column) {
      count++;
      double delta = value - average;
      average += delta / count;
      squares += delta * (value - average);
    }
    double found = count == 0 ? 0 : Math.sqrt(squares / count);
    mean[j] = (float) average;
    deviation[j] = found > 1e-7 * Math.abs(average) ? (float) found : 0;
  }
}
