package io.engram.predict.domain;

/**
 * Which labeled examples of a key are kept: they are numbered as they came.
 *
 * @param first number of the oldest one kept
 * @param next how many came in all
 */
public record KeyRows(long first, long next) {

  /** None yet. */
  public static final KeyRows NONE = new KeyRows(0, 0);
}
