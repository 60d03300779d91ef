package io.engram.core.guard;

import java.util.HashMap;
import java.util.Map;

/**
 * Tasks that have moved away, as long as they outweigh those that have not. Only several keys together are believed that everything has
 * changed: each counts for at most a third of what it takes, or all of it where there are no others.
 */
final class Challenge {

  /** Tasks it takes, more than ordinary ones between them. */
  static final int ENOUGH = 8;

  private static final int KEYS = 3;

  private final ColumnSums moved;
  private final Map<Long, Integer> counts;
  private int score;

  Challenge(int columns) {
    this(new ColumnSums(columns), new HashMap<>(), 0);
  }

  /** Takes over what it is given. */
  Challenge(ColumnSums moved, Map<Long, Integer> counts, int score) {
    this.moved = moved;
    this.counts = counts;
    this.score = score;
  }

  /** Whether nothing has moved. */
  boolean idle() {
    return score == 0;
  }

  /**
   * A task that has moved away.
   *
   * @param active keys active lately, its own perhaps among them
   */
  void moved(long key, int active, ColumnSums task) {
    int keys = Math.max(1, Math.min(KEYS, active));
    int most = (ENOUGH + keys - 1) / keys;
    int had = counts.getOrDefault(key, 0);
    if (had < most) {
      counts.put(key, had + 1);
      moved.add(task);
      score++;
    }
  }

  /** A task that has not; true where that was enough of them to forget those that had. */
  boolean stayed() {
    score = Math.max(0, score - 1);
    return score == 0;
  }

  boolean won() {
    return score >= ENOUGH;
  }

  ColumnSums sums() {
    return moved;
  }

  Map<Long, Integer> counts() {
    return counts;
  }

  int score() {
    return score;
  }

  Challenge copy() {
    return new Challenge(moved.copy(), new HashMap<>(counts), score);
  }
}
