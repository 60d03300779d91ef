package io.engram.core.learning;

import io.engram.core.continual.ContinualState;
import io.engram.core.meta.MetaStep;
import java.util.List;

/**
 * What a learner of single examples makes of a group.
 *
 * @param theta [parameters] after the group
 * @param updates batches learned by then
 * @param learner what the continual learner is beside θ
 * @param heldOut examples that were not learned by then
 */
@SuppressWarnings("ArrayRecordComponent") // flat parameters, never compared
public record StreamOutcome(
    ClosedGroup group, float[] theta, long updates, ContinualState learner, HeldOut heldOut)
    implements GroupOutcome {

  @Override
  public List<MetaStep> steps() {
    return List.of();
  }
}
