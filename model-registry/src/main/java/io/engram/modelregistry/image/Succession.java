package io.engram.modelregistry.image;

import java.util.OptionalLong;
import org.pcollections.PSet;
import org.pcollections.PVector;

/**
 * Who rules among a model's versions, and who did. Immutable.
 *
 * @param reigns every champion there was, in order; the last one rules
 * @param predecessors the champions that a rollback can go back to, the nearest last
 * @param withdrawn versions rolled back from; what was learned on from them is not promoted by the gate
 * @param pinned whether the champion is to stay
 */
public record Succession(
    PVector<Reign> reigns, PVector<Long> predecessors, PSet<Long> withdrawn, boolean pinned) {

  /** The version that rules; empty before the first promotion. */
  OptionalLong champion() {
    return reigns.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(reigns.get(reigns.size() - 1).version());
  }

  /** Whether the champion was rolled back to, rather than promoted. */
  public boolean rolledBack() {
    return !reigns.isEmpty() && reigns.get(reigns.size() - 1).how() == Reign.How.ROLLED_BACK;
  }
}
