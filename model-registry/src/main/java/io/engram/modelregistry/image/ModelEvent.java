package io.engram.modelregistry.image;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of one model.
 *
 * @param actor who decided: {@link #GATE}, {@link #REGISTRY} or a name given with a call
 * @param reason why, for people
 * @param read what of {@code model-candidates} is dealt with by this event; null where no candidate caused it
 */
public record ModelEvent(
    String model,
    Instant at,
    String actor,
    String reason,
    @Nullable CandidatePosition read,
    Change change) {

  /** The actor of automatic promotions and refusals. */
  public static final String GATE = "gate";

  /** The actor of registrations and of pruning. */
  public static final String REGISTRY = "registry";
}
