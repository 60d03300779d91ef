package io.engram.core.learning;

/**
 * The half of a learner that depends on what it learns from: tasks, or the single examples in them. Owned by one thread.
 *
 * @param <S> what it is between two groups
 * @param <O> what it makes of a group
 */
public interface Learning<S extends LifelongState, O extends GroupOutcome> {

  /** The group is complete: what it will need of the memory may be read from now on. */
  void begin(S state, Group group);

  /**
   * Scores those tasks of the group that have no score yet, each by what was learned before it. What learns from single examples learns
   * them in the same breath, on a working copy. Leaves {@code state} as it is.
   */
  void takeUp(S state, Group group);

  /** What follows from the complete group, all of which was taken up. Leaves {@code state} as it is. */
  O decide(S state, Group group);

  /** The state that the outcome makes of {@code state}, which is over with it. */
  S apply(S state, O outcome);

  /** The state with what it would publish examined; else as it is. */
  S examine(S state);
}
