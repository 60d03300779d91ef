package io.engram.cli.columns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Values of a column of numbers that lie far from all others: marks for what is missing, slips of the hand. */
final class Oddities {

  private static final int FEWEST = 20;
  private static final int MOST_FOUND = 3;
  private static final double FAR = 5;
  private static final double FAR_FOR_A_MARK = 0.5;
  private static final Pattern LIKE_A_MARK =
      Pattern.compile("[-+]?(9{3,}|999[0-9]|1e[1-9][0-9]?)([.,]0+)?");

  private final String column;
  private final TreeMap<Double, Found> values = new TreeMap<>();

  /** A value: as it is written, whose row it is in, how often it is there. */
  private record Found(String cell, String key, int count) {}

  Oddities(String column) {
    this.column = column;
  }

  void add(String cell, String key, double value) {
    values.merge(value, new Found(cell, key, 1), (a, b) -> new Found(a.cell, a.key, a.count + 1));
  }

  /** What is to be said, a sentence each. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    int all = values.values().stream().mapToInt(Found::count).sum();
    while (words.size() < MOST_FOUND && values.size() > 2 && all >= FEWEST) {
      Optional<Double> odd = odd(all);
      if (odd.isEmpty()) {
        break;
      }
      Found found = values.remove(odd.get());
      if (found != null) {
        words.add(words(found));
      }
    }
    return words;
  }

  /** The lowest or the highest, if all others lie close together beside it. */
  private Optional<Double> odd(int all) {
    Map.Entry<Double, Found> lowest = values.firstEntry();
    Map.Entry<Double, Found> highest = values.lastEntry();
    double second = values.higherKey(lowest.getKey());
    double last = values.lowerKey(highest.getKey());
    double below = second - lowest.getKey();
    double above = highest.getKey() - last;
    boolean low = far(below, highest.getKey() - second, lowest.getValue(), all);
    boolean high = far(above, last - lowest.getKey(), highest.getValue(), all);
    if (low && high) {
      return Optional.of(below > above ? lowest.getKey() : highest.getKey());
    }
    return low
        ? Optional.of(lowest.getKey())
        : high ? Optional.of(highest.getKey()) : Optional.empty();
  }

  private static boolean far(double distance, double width, Found found, int all) {
    boolean few = found.count * 2 < all;
    double needed =
        LIKE_A_MARK.matcher(found.cell.toLowerCase(Locale.ROOT)).matches() ? FAR_FOR_A_MARK : FAR;
    return few && width > 0 && distance > needed * width;
  }

  private String words(Found found) {
    return String.format(
        Locale.ROOT,
        "column %s: %s in %s of key '%s' lies far from all others, which are between %s and %s; if it stands for a missing value, say --missing-marks auto,%s",
        column,
        found.cell,
        found.count == 1 ? "a row" : "%,d rows, the first".formatted(found.count),
        found.key,
        values.firstEntry().getValue().cell,
        values.lastEntry().getValue().cell,
        found.cell);
  }
}
