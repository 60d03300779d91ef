package io.engram.ingest.boundary;

/**
 * How boundaries between tasks are found.
 *
 * @param detector which
 * @param on what it looks at; {@link DetectorKind#BAYES} looks at labels and features by itself, with FEATURES at those alone
 * @param hazard BAYES: how likely a new task begins with any example
 * @param confidence ADWIN, KSWIN: how likely a false alarm may be; smaller is more careful
 * @param threshold PAGE_HINKLEY: how much the statistic must have gone up in sum
 * @param window KSWIN: examples it compares; BAYES: the longest task it knows
 */
public record BoundaryRules(
    DetectorKind detector,
    Statistic on,
    double hazard,
    double confidence,
    double threshold,
    int window) {

  private static final int LARGEST_WINDOW = 1_000;

  public BoundaryRules {
    require(hazard > 0 && hazard < 1, "hazard", hazard, "a number between 0 and 1, both excluded");
    require(
        confidence > 0 && confidence < 1,
        "confidence",
        confidence,
        "a number between 0 and 1, both excluded");
    require(threshold > 0, "threshold", threshold, "a number above 0");
    require(window >= 20 && window <= LARGEST_WINDOW, "window", window, "20 to " + LARGEST_WINDOW);
  }

  /** The defaults of every key, with a detector. */
  public static BoundaryRules of(DetectorKind detector, Statistic on) {
    return new BoundaryRules(detector, on, 0.02, 0.002, 5, 100);
  }

  private static void require(boolean allowed, String key, Object found, String expected) {
    if (!allowed) {
      throw new IllegalArgumentException(
          "ingest.grouping.boundary.%s is %s, allowed is %s".formatted(key, found, expected));
    }
  }
}
