package io.engram.client;

import java.time.Duration;

/**
 * How much a version is studied.
 *
 * @param tasks newest tasks that are looked at, 1 to 1,000
 * @param maxBytes most bytes of them together, as they stand in the log
 * @param curveTasks of those, the ones that curves are drawn from, at least 1
 * @param budget how long curves may be computed, and scores of the map again so long; no further task is begun then
 */
public record StudyConfig(int tasks, long maxBytes, int curveTasks, Duration budget) {

  /** 200 tasks of together 32 MiB, curves of 32; a second for each of the two. */
  public static final StudyConfig DEFAULT =
      new StudyConfig(200, 32L << 20, 32, Duration.ofSeconds(1));

  public StudyConfig {
    if (tasks < 1 || tasks > 1_000) {
      throw new IllegalArgumentException("tasks must be 1 to 1,000, found " + tasks);
    }
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be at least 1, found " + maxBytes);
    }
    if (curveTasks < 1) {
      throw new IllegalArgumentException("curveTasks must be at least 1, found " + curveTasks);
    }
    if (budget.isNegative()) {
      throw new IllegalArgumentException("budget must not be negative, found " + budget);
    }
  }
}
