package io.engram.ingest.domain;

import static io.engram.ingest.domain.ConfigCheck.require;
import static io.engram.ingest.domain.ConfigCheck.requirePositive;

import java.time.Duration;

/**
 * Tasks cut by event time. A window is closed by the first example of its key whose event time is past its end and the grace, or when its key has
 * been silent on the clock for as long.
 *
 * @param kind which windows
 * @param length of a tumbling window, which begins at a multiple of it since 1970; or the silence that ends a session
 * @param grace how much later than a window's end its examples may still come
 * @param late what becomes of those that come later
 */
public record WindowRules(Kind kind, Duration length, Duration grace, LateRule late) {

  private static final long MOST_OPEN = 100;

  /** Which windows. */
  public enum Kind {
    /** One after another, each as long. */
    TUMBLING,
    /** From silence to silence. */
    SESSION
  }

  public WindowRules {
    requirePositive(length, "grouping.window-length");
    require(
        !grace.isNegative() && grace.dividedBy(MOST_OPEN).compareTo(length) <= 0,
        "grouping.grace",
        grace,
        "0 to %d times grouping.window-length (%s): each window in it is open"
            .formatted(MOST_OPEN, length));
  }

  /** How long a window waits for its examples. */
  Duration patience() {
    return length.plus(grace);
  }
}
