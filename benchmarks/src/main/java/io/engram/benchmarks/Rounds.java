package io.engram.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Repeated measurements of one thing. */
public final class Rounds {

  private static final double NANOS_PER_MILLI = 1e6;

  private double[] values = new double[16];
  private int count;

  public void add(double value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count] = value;
    count++;
  }

  /** Adds a time, to be told in milliseconds. */
  public void addNanos(long nanos) {
    add(nanos / NANOS_PER_MILLI);
  }

  /** How many. */
  public int count() {
    return count;
  }

  public double median() {
    return quantile(0.5);
  }

  /** The smallest value that at least this share of the rounds stays at or below. */
  public double quantile(double share) {
    if (count == 0) {
      return Double.NaN;
    }
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, index)];
  }

  /** For people: the smallest and the largest. */
  public String spread() {
    return String.format(Locale.ROOT, "%.2f–%.2f", quantile(0), quantile(1));
  }
}
