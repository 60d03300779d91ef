package io.engram.cli.view;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Numbers as people read them. */
final class Words {

  private static final String BARS = "▁▂▃▄▅▆▇█";

  private Words() {}

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 10 ? "%.1f/s" : "%,.0f/s", perSecond);
  }

  static String seconds(double seconds) {
    return seconds < 100
        ? String.format(Locale.ROOT, "%.0f s", seconds)
        : String.format(Locale.ROOT, "%d min %02d s", (long) seconds / 60, (long) seconds % 60);
  }

  /** The course of some values, each cell the mean of its share, from the lowest bar to the highest. */
  static String sparkline(List<Double> values, int width) {
    List<Double> finite = values.stream().filter(Double::isFinite).toList();
    if (finite.size() < 2) {
      return "";
    }
    int cells = Math.min(width, finite.size());
    double[] means = new double[cells];
    for (int cell = 0; cell < cells; cell++) {
      int from = cell * finite.size() / cells;
      int to = (cell + 1) * finite.size() / cells;
      means[cell] =
          finite.subList(from, to).stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
    double lowest = Arrays.stream(means).min().orElse(0);
    double highest = Arrays.stream(means).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (double mean : means) {
      double height = highest > lowest ? (mean - lowest) / (highest - lowest) : 0.5;
      line.append(BARS.charAt((int) Math.round(height * (BARS.length() - 1))));
    }
    return line.toString();
  }
}
