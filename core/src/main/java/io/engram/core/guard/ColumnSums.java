package io.engram.core.guard;

import java.util.Arrays;

/** Count, mean and sum of squared differences of each column (Welford 1962), which can be put together (Chan et al. 1979). */
public final class ColumnSums {

  private static final double SMALLEST_VARIANCE = 1e-12;

  private final double[] mean;
  private final double[] squares;
  private long count;

  /** Of nothing yet. */
  public ColumnSums(int columns) {
    this(new double[columns], new double[columns], 0);
  }

  /** Takes over the arrays. */
  public ColumnSums(double[] mean, double[] squares, long count) {
    this.mean = mean;
    this.squares = squares;
    this.count = count;
  }

  /** Adds rows of a row-major matrix. */
  void add(float[] rows) {
    for (int from = 0; from < rows.length; from += mean.length) {
      count++;
      for (int j = 0; j < mean.length; j++) {
        double delta = rows[from + j] - mean[j];
        mean[j] += delta / count;
        squares[j] += delta * (rows[from + j] - mean[j]);
      }
    }
  }

  /** Adds what another one has seen. */
  void add(ColumnSums other) {
    long all = count + other.count;
    for (int j = 0; all > 0 && j < mean.length; j++) {
      double delta = other.mean[j] - mean[j];
      mean[j] += delta * other.count / all;
      squares[j] += other.squares[j] + delta * delta * count * other.count / all;
    }
    count = all;
  }

  /** Takes one column over from another. */
  void take(int column, ColumnSums other) {
    mean[column] = other.mean[column];
    squares[column] = other.squares[column] / Math.max(1, other.count) * Math.max(1, count);
  }

  /** [columns], live. */
  public double[] mean() {
    return mean;
  }

  /** [columns] sums of squared differences from the mean, live. */
  public double[] squares() {
    return squares;
  }

  /** Rows seen. */
  public long count() {
    return count;
  }

  int columns() {
    return mean.length;
  }

  /** The standard deviation of a column; 0 where it never varied. */
  public double deviation(int column) {
    double variance = count == 0 ? 0 : squares[column] / count;
    return variance < SMALLEST_VARIANCE ? 0 : Math.sqrt(variance);
  }

  /** How far a column lies from a place, root mean square. */
  double distance(int column, double place) {
    double off = mean[column] - place;
    return count == 0 ? 0 : Math.sqrt(squares[column] / count + off * off);
  }

  ColumnSums copy() {
    return new ColumnSums(
        Arrays.copyOf(mean, mean.length), Arrays.copyOf(squares, squares.length), count);
  }
}
