package io.engram.core.learning;

/**
 * What versions know of the whole past, both asked about the same examples.
 *
 * @param score of the newest version; NaN while there is no such score
 * @param before the same of the best version before it; NaN where it is the first
 * @param oldest of the newest version, on the oldest quarter of what it was asked; NaN where that is not told apart
 * @param newest the same on the newest quarter
 */
public record Retained(double score, double before, double oldest, double newest) {

  /** Ages are not told apart. */
  public Retained(double score, double before) {
    this(score, before, Double.NaN, Double.NaN);
  }

  /** Nothing was asked. */
  public static final Retained UNKNOWN = new Retained(Double.NaN, Double.NaN);
}
