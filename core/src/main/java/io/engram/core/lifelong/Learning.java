package io.engram.core.lifelong;

/** The half of a learner that depends on what it learns from: tasks, or the single examples in them. Owned by one thread. */
sealed interface Learning permits TaskLearning, StreamLearning {

  /** The group is complete: what it will need of the memory may be read from now on. */
  void begin(LifelongState state, Group group);

  /** Scores those tasks of the group that have no score yet, each by what was learned before it. */
  void score(LifelongState state, Group group);

  /** Examines what {@code state} would publish. Leaves it as it is. */
  Examination examine(LifelongState state);

  /** What follows from the complete, scored group. Leaves {@code state} as it is. */
  GroupOutcome decide(LifelongState state, Group group);

  /** Changes what of {@code state} is not replaced; called before the outcome becomes the state. */
  void apply(LifelongState state, GroupOutcome outcome);
}
