package io.engram.core.guard;

import java.util.Optional;

/**
 * What becomes of a task that arrived.
 *
 * @param quarantined why it is not learned from, if it is not
 * @param inputsRenewed whether the yardstick of features is another one now: what follows it has to begin anew
 * @param labelsRenewed the same of labels
 */
public record Judgement(Optional<Case> quarantined, boolean inputsRenewed, boolean labelsRenewed) {

  /** Whether it is learned from. */
  public boolean learned() {
    return quarantined.isEmpty();
  }
}
