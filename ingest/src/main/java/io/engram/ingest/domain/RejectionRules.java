package io.engram.ingest.domain;

import static io.engram.ingest.domain.ConfigCheck.require;

/**
 * When a rejected record is not written to the rejected once more: whoever sends rejected records again, and again, must not keep them going
 * round for ever.
 *
 * @param attempts how often a record that says how often it was tried is tried at most
 * @param same how often records of the same key and value are written at most, whatever they say; lately, see {@link SameBytes}
 */
public record RejectionRules(int attempts, int same) {

  public RejectionRules {
    require(attempts >= 1, "rejected.attempts", attempts, "at least 1");
    require(
        same >= attempts, "rejected.same", same, "at least rejected.attempts (" + attempts + ")");
  }

  /** Three attempts; ten times the same. */
  public static RejectionRules defaults() {
    return new RejectionRules(3, 10);
  }
}
