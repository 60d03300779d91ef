package io.engram.core.learning;

import io.engram.core.guard.ColumnSums;
import java.util.Arrays;

/**
 * Running mean and deviation of each column (Welford 1962, Chan et al. 1979), so that streams in any unit reach the network near
 * zero mean and unit deviation. A column that never varied is only shifted.
 */
public final class RunningScale {

  /**
   * Inputs count as at most this many deviations from the mean. A column that was constant for long and then jumps would otherwise throw
   * a whole episode off; a normal column never comes there. Whoever adapts a published version must do the same.
   */
  public static final float FARTHEST = 10f;

  private static final double SMALLEST_VARIANCE = 1e-12;

  /** A value more deviations out counts as if it lay {@link #FARTHEST} out, once so many rows have come. */
  private static final double ABSURD = 50;

  private static final int FEWEST_ROWS = 64;

  private final double[] mean;
  private final double[] squares;
  private long count;

  RunningScale(int columns) {
    this(new double[columns], new double[columns], 0);
  }

  /** Takes over the arrays; for restoring a stored one. */
  public RunningScale(double[] mean, double[] squares, long count) {
    this.mean = mean;
    this.squares = squares;
    this.count = count;
  }

  /** Goes on from what was counted elsewhere; shares nothing with it. */
  static RunningScale of(ColumnSums sums) {
    return new RunningScale(sums.mean(), sums.squares(), sums.count()).copy();
  }

  /** Adds rows of a row-major matrix. No single value moves the scale far. */
  void add(float[] values) {
    int columns = mean.length;
    for (int row = 0; row < values.length / columns; row++) {
      count++;
      for (int j = 0; j < columns; j++) {
        double value = values[row * columns + j];
        double delta = value - mean[j];
        if (absurd(delta, j)) {
          delta = Math.signum(delta) * FARTHEST * Math.sqrt(squares[j] / (count - 1));
          value = mean[j] + delta;
        }
        mean[j] += delta / count;
        squares[j] += delta * (value - mean[j]);
      }
    }
  }

  /** Whether a row lies absurdly far from those before it in a column. */
  private boolean absurd(double delta, int column) {
    long before = count - 1;
    double variance = squares[column] / before;
    return before >= FEWEST_ROWS
        && variance >= SMALLEST_VARIANCE
        && delta * delta > ABSURD * ABSURD * variance;
  }

  /** [columns] what is subtracted; live. */
  public double[] mean() {
    return mean;
  }

  /** [columns] sums of squared differences from the mean; live. */
  public double[] squares() {
    return squares;
  }

  /** Rows seen. */
  public long count() {
    return count;
  }

  /** [columns] the standard deviation, or 1 where a column never varied. */
  public float[] deviation() {
    float[] deviation = new float[mean.length];
    for (int j = 0; j < deviation.length; j++) {
      double variance = count == 0 ? 0 : squares[j] / count;
      deviation[j] = variance < SMALLEST_VARIANCE ? 1f : (float) Math.sqrt(variance);
    }
    return deviation;
  }

  /** A frozen copy to scale inputs with. */
  public Scale freezeForInputs() {
    return Scale.ofInputs(shift(), deviation());
  }

  /** A frozen copy to scale targets with: none is cut, since scores are told in the stream's own unit. */
  public Scale freezeForTargets() {
    return Scale.ofTargets(shift(), deviation());
  }

  private float[] shift() {
    float[] shift = new float[mean.length];
    for (int j = 0; j < shift.length; j++) {
      shift[j] = (float) mean[j];
    }
    return shift;
  }

  /** One that shares nothing with it. */
  public RunningScale copy() {
    return new RunningScale(
        Arrays.copyOf(mean, mean.length), Arrays.copyOf(squares, squares.length), count);
  }
}
