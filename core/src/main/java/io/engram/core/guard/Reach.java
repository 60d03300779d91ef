package io.engram.core.guard;

/**
 * From where on numbers are absurd, in deviations from the mean.
 *
 * @param single a number by itself
 * @param together all numbers of a task in a column, root mean square
 * @param shifted numbers of which a task that has moved away has at least half
 * @param early all numbers of one of the first tasks in a column, root mean square, from a few others: keys may differ much
 */
record Reach(double single, double together, double shifted, double early) {

  private static final double PART = 2.5;
  private static final double TIMES_EARLY = 4;
  private static final double TIMES = 20;

  /** Of labels, which nothing cuts. */
  static Reach ofLabels(double farthest) {
    return new Reach(farthest, farthest / PART, farthest / PART, TIMES_EARLY * farthest);
  }

  /** Of features that are cut where they lie too far out: single ones are never absurd, a task of which most rows lie far beyond is. */
  static Reach ofScaledInputs(double farthest) {
    double far = TIMES * farthest;
    return new Reach(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, far, far);
  }

  /** Of features taken as they are, all columns as one: where most are 0 a single one may lie far out. */
  static Reach ofRawInputs(double farthest) {
    return new Reach(TIMES * farthest, farthest, farthest, TIMES * farthest);
  }

  /** Whether numbers are cut where they lie too far out, so that single ones do no harm. */
  boolean cut() {
    return single == Double.POSITIVE_INFINITY;
  }
}
