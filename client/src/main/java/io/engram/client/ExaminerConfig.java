package io.engram.client;

import java.time.Duration;

/**
 * How versions are examined.
 *
 * @param tasks how many tasks they are measured on; 0: none, they are only read and tried
 * @param every one task in so many of the log is kept for it, at least 1: larger reaches further back
 * @param maxBytes most bytes of those tasks together, as they stand in the log
 * @param timeLimit how long one examination may take; what takes longer is unusable
 */
public record ExaminerConfig(int tasks, int every, long maxBytes, Duration timeLimit) {

  /** 16 tasks, one in 8 of the log; 32 MiB; 30 s. */
  public static final ExaminerConfig DEFAULT =
      new ExaminerConfig(16, 8, 32L << 20, Duration.ofSeconds(30));

  public ExaminerConfig {
    if (tasks < 0 || tasks > 10_000) {
      throw new IllegalArgumentException("tasks must be 0 to 10,000, found " + tasks);
    }
    if (every < 1 || every > 1_000_000) {
      throw new IllegalArgumentException("every must be 1 to 1,000,000, found " + every);
    }
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be at least 1, found " + maxBytes);
    }
    if (timeLimit.toMillis() < 1) {
      throw new IllegalArgumentException("timeLimit must be at least 1 ms, found " + timeLimit);
    }
  }
}
