package io.engram.core.learning;

import io.engram.core.memory.Admission;
import io.engram.core.memory.Offer;
import io.engram.core.meta.MetaState;
import io.engram.core.meta.MetaStep;
import java.util.List;

/**
 * What a learner of tasks makes of a group.
 *
 * @param offers one per arrival, to the memory
 * @param admissions one per offer; what is held out is discarded
 * @param heldOut tasks that were not learned from by then
 * @param meta θ and its company after the outer steps
 * @param steps what each outer step saw
 */
public record TaskOutcome(
    ClosedGroup group,
    List<Offer> offers,
    List<Admission> admissions,
    HeldOutTasks heldOut,
    MetaState meta,
    List<MetaStep> steps)
    implements GroupOutcome {

  /** With nothing held out. */
  public TaskOutcome(
      ClosedGroup group,
      List<Offer> offers,
      List<Admission> admissions,
      MetaState meta,
      List<MetaStep> steps) {
    this(group, offers, admissions, HeldOutTasks.NONE, meta, steps);
  }

  public TaskOutcome {
    offers = List.copyOf(offers);
    admissions = List.copyOf(admissions);
    steps = List.copyOf(steps);
    if (offers.size() != admissions.size()) {
      throw new IllegalArgumentException(
          "every offer to the memory is decided, found %d decisions for %d"
              .formatted(admissions.size(), offers.size()));
    }
  }
}
