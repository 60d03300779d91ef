package io.engram.core.learning;

/**
 * What versions know of the whole past, both asked about the same examples.
 *
 * @param score share that the newest version predicts right; NaN while there is no such score
 * @param before the same of the best version before it; NaN where it is the first
 */
public record Retained(double score, double before) {

  /** Nothing was asked. */
  public static final Retained UNKNOWN = new Retained(Double.NaN, Double.NaN);
}
