package io.engram.ingest.domain;

/**
 * Why something cannot be used: a value, never an exception.
 *
 * @param reason a sentence: what was found, what was expected
 */
public record Refusal(Category category, String reason) {

  /** The reason is a record's header and a line for a person, whatever the example holds. */
  private static final int LONGEST_REASON = 600;

  public Refusal {
    reason = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
  }
}
