package io.engram.modelregistry.image;

import java.time.Instant;

/**
 * A version's time as champion, until the next reign begins.
 *
 * @param how whether it was promoted or rolled back to
 * @param by who put it there
 * @param reason why
 */
public record Reign(long version, Instant since, How how, String by, String reason) {

  /** The way to the throne. */
  public enum How {
    PROMOTED,
    ROLLED_BACK
  }
}
