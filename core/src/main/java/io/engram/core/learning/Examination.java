package io.engram.core.learning;

import org.jspecify.annotations.Nullable;

/**
 * What the newest version and the best before it got right of the examples held out: both of the same ones, those of now. Scores of
 * different times do not compare, because the past they are asked about grows, and with it the classes to choose from.
 *
 * @param score share that the newest version predicts right; NaN while there is no such score
 * @param before the same of the best version before it; NaN where it is the first
 * @param best the better of the two, which the next one is compared to; the newer one where both are as good
 */
public record Examination(double score, double before, @Nullable PastVersion best) {

  /** No version has been examined. */
  public static final Examination NONE = new Examination(Double.NaN, Double.NaN, null);

  /** The scores alone. */
  public Retained retained() {
    return new Retained(score, before);
  }

  /**
   * A version as it was.
   *
   * @param theta [parameters]; never written to
   * @param inputScale of its time; null where inputs are taken as they are
   * @param classes known at its time
   */
  @SuppressWarnings("ArrayRecordComponent") // flat parameters, never compared
  public record PastVersion(float[] theta, @Nullable RunningScale inputScale, int classes) {}
}
