package io.engram.benchmarks.registry;

import java.util.Arrays;
import java.util.Locale;

/** Times of repeated rounds, in milliseconds. */
final class Samples {

  private double[] millis = new double[0];

  void add(long nanos) {
    millis = Arrays.copyOf(millis, millis.length + 1);
    millis[millis.length - 1] = nanos / 1e6;
  }

  double median() {
    return quantile(0.5);
  }

  /** The smallest value that at least this share of the rounds stays at or below. */
  double quantile(double share) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, index)];
  }

  /** For people: the quickest and the slowest round. */
  String spread() {
    return String.format(Locale.ROOT, "%.1f – %.1f", quantile(0), quantile(1));
  }
}
