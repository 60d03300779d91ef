package io.engram.core.learning;

import java.util.Map;

/**
 * How far a learner has come.
 *
 * @param nextOffsets per partition of {@code tasks}, the next offset to be shown
 * @param groups groups learned from
 * @param tasks tasks learned from
 * @param examples examples in those tasks, support and query
 * @param refused records of the log that could not be learned from
 * @param newestTaskAt event time of the newest task, milliseconds since the epoch; 0 before the first
 */
public record Progress(
    Map<Integer, Long> nextOffsets,
    long groups,
    long tasks,
    long examples,
    long refused,
    long newestTaskAt) {

  public Progress {
    nextOffsets = Map.copyOf(nextOffsets);
  }

  /** Before anything was shown. */
  public static Progress none() {
    return new Progress(Map.of(), 0, 0, 0, 0, 0);
  }
}
