package io.engram.cli.taste;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many rows keys have.
 *
 * @param keys how many there are
 * @param smallest rows of a key
 * @param median of the rows of a key
 * @param largest rows of a key
 * @param half rows to adapt on, and as many to be asked: a task
 * @param tooFew keys that have fewer rows than a task
 */
record KeyCounts(int keys, int smallest, double median, int largest, int half, int tooFew) {

  /** What a task's half is where keys have rows enough. */
  static final int USUAL_HALF = 10;

  /** Less is nothing to adapt on. */
  static final int LEAST_HALF = 2;

  /** Counts rows, and chooses a task's size: the usual one, or what the median key has where most keys have less. Keys with fewer rows than the
   * smallest task have no say. */
  static KeyCounts of(List<Row> rows) {
    Map<String, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.merge(row.key(), 1, Integer::sum));
    int[] sorted = counts.values().stream().mapToInt(Integer::intValue).sorted().toArray();
    int[] usable = Arrays.stream(sorted).filter(count -> count >= 2 * LEAST_HALF).toArray();
    int half =
        usable.length == 0
            ? LEAST_HALF
            : Math.max(LEAST_HALF, Math.min(USUAL_HALF, (int) median(usable) / 2));
    int tooFew = (int) Arrays.stream(sorted).filter(count -> count < 2 * half).count();
    return new KeyCounts(
        sorted.length, sorted[0], median(sorted), sorted[sorted.length - 1], half, tooFew);
  }

  private static double median(int[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
  }
}
