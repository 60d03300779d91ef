package io.engram.core.guard;

/**
 * From where on numbers are absurd, in deviations from the mean.
 *
 * @param single a number by itself
 * @param together all numbers of a task in a column, root mean square
 * @param shifted numbers of which a task that has moved away has at least half
 */
record Reach(double single, double together, double shifted) {

  private static final double PART = 5;
  private static final double TIMES = 20;

  /** Whether numbers are cut where they lie too far out, so that single ones do no harm. */
  boolean cut() {
    return single == Double.POSITIVE_INFINITY;
  }

  /** Of labels, which nothing cuts. */
  static Reach ofLabels(double farthest) {
    return new Reach(farthest, farthest / PART, farthest / PART);
  }

  /** Of features that are cut where they lie too far out: single ones are never absurd, a task of which most rows lie beyond is. */
  static Reach ofScaledInputs(double farthest) {
    return new Reach(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, farthest);
  }

  /** Of features taken as they are, all columns as one: where most are 0 a single one may lie far out. */
  static Reach ofRawInputs(double farthest) {
    return new Reach(TIMES * farthest, farthest, farthest);
  }
}
