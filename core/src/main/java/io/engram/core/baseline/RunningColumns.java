package io.engram.core.baseline;

/** Running mean and deviation of each input column, over all rows so far; missing cells (NaN) are left out. */
final class RunningColumns {

  /** Further from the mean than this many deviations nothing is believed. */
  private static final double FARTHEST = 5;

  private final long[] counts;
  private final double[] means;
  private final double[] squares;

  RunningColumns(int columns) {
    counts = new long[columns];
    means = new double[columns];
    squares = new double[columns];
  }

  /** Welford's update by rows of inputs, row-major. */
  void add(float[] rows) {
    for (int i = 0; i < rows.length; i++) {
      if (Float.isNaN(rows[i])) {
        continue;
      }
      int column = i % means.length;
      double delta = rows[i] - means[column];
      counts[column]++;
      means[column] += delta / counts[column];
      squares[column] += delta * (rows[i] - means[column]);
    }
  }

  boolean empty() {
    for (long count : counts) {
      if (count > 0) {
        return false;
      }
    }
    return true;
  }

  /** In deviations from the mean, at most five either way; 0 for a column that never varied, NaN for a missing cell. */
  double standardised(int column, float value) {
    if (Float.isNaN(value)) {
      return Double.NaN;
    }
    if (counts[column] < 2 || squares[column] <= 0) {
      return 0;
    }
    double deviation = Math.sqrt(squares[column] / counts[column]);
    double standardised = (value - means[column]) / deviation;
    return Math.max(-FARTHEST, Math.min(FARTHEST, standardised));
  }
}
