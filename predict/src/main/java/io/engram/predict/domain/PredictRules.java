package io.engram.predict.domain;

import java.time.Duration;

/**
 * What is remembered to answer with.
 *
 * @param rows newest labeled examples of a key that its answers rest on, at least 1
 * @param window how long a question waits for its label, and a label for its question
 */
public record PredictRules(int rows, Duration window) {

  private static final int MOST_ROWS = 10_000;

  public PredictRules {
    if (rows < 1 || rows > MOST_ROWS) {
      throw new IllegalArgumentException("rows is %d, expected 1 to %d".formatted(rows, MOST_ROWS));
    }
    if (window.isZero() || window.isNegative()) {
      throw new IllegalArgumentException(
          "window is %s, expected more than nothing".formatted(window));
    }
  }

  /** 20 rows, a week. */
  public static PredictRules defaults() {
    return new PredictRules(20, Duration.ofDays(7));
  }
}
