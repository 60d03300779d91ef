package io.engram.core.learning;

import io.engram.core.memory.Admission;
import io.engram.core.memory.Offer;
import io.engram.core.meta.MetaStep;
import io.engram.core.tables.TableModel;
import java.util.List;

/**
 * What a learner of tables makes of a group.
 *
 * @param offers one per arrival, to the memory
 * @param admissions one per offer
 * @param heldOut tasks that were not learned from by then
 * @param model after the group
 * @param experience after the group
 * @param growth after the group
 */
public record TableOutcome(
    ClosedGroup group,
    List<Offer> offers,
    List<Admission> admissions,
    HeldOutTasks heldOut,
    TableModel model,
    Experience experience,
    TableState.Growth growth)
    implements GroupOutcome {

  public TableOutcome {
    offers = List.copyOf(offers);
    admissions = List.copyOf(admissions);
  }

  @Override
  public List<MetaStep> steps() {
    return List.of();
  }
}
