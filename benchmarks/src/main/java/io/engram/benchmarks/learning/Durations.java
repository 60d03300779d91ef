package io.engram.benchmarks.learning;

import java.util.Locale;

/** Seconds as people say them. */
public final class Durations {

  private Durations() {}

  /** Such as "48 s", "12 min" or "1 h 05 min". */
  public static String of(double seconds) {
    long rounded = Math.round(seconds);
    if (rounded < 120) {
      return rounded + " s";
    }
    long minutes = Math.round(seconds / 60);
    return minutes < 120
        ? minutes + " min"
        : String.format(Locale.ROOT, "%d h %02d min", minutes / 60, minutes % 60);
  }
}
