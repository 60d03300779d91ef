package io.engram.modelregistry.http;

import java.util.List;
import java.util.TreeSet;
import java.util.function.LongToDoubleFunction;

/**
 * A few versions that stand for many on a chart: of each stretch the lowest and the highest, so that nothing that sticks out is lost, and
 * the first and the newest. Stretches are so many versions long as a power of two, and begin where such stretches always begin: a new version
 * does not move the points before it, but where there are too many stretches and they double.
 */
final class Thinning {

  private Thinning() {}

  /**
   * Chooses.
   *
   * @param newest versions are 1 to this
   * @param points about so many are chosen, at least 4; all where there are no more
   * @param score of a version; NaN where it has none, which is chosen only where its stretch has no other
   * @return ascending, at most {@code points}
   */
  static List<Long> of(long newest, int points, LongToDoubleFunction score) {
    TreeSet<Long> chosen = new TreeSet<>();
    long length = 1;
    while (length > 1 ? stretches(newest, length) * 2 + 2 > points : newest > points) {
      length *= 2;
    }
    for (long from = 1; from <= newest; from += length) {
      long to = Math.min(newest, from + length - 1);
      long lowest = from;
      long highest = from;
      for (long version = from + 1; version <= to; version++) {
        double value = score.applyAsDouble(version);
        // Comparisons with NaN are false: what has a score takes the place of what has none.
        if (!(score.applyAsDouble(lowest) <= value) && !Double.isNaN(value)) {
          lowest = version;
        }
        if (!(score.applyAsDouble(highest) >= value) && !Double.isNaN(value)) {
          highest = version;
        }
      }
      chosen.add(lowest);
      chosen.add(highest);
    }
    if (newest > 0) {
      chosen.add(1L);
      chosen.add(newest);
    }
    return List.copyOf(chosen);
  }

  private static long stretches(long newest, long length) {
    return (newest + length - 1) / length;
  }
}
