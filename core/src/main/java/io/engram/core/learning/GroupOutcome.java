package io.engram.core.learning;

import io.engram.core.evaluation.TaskScore;
import io.engram.core.meta.MetaStep;
import java.util.List;

/**
 * What follows from one group: decided by {@link LifelongLearner#decide()}, applied by {@link LifelongLearner#apply},
 * made durable by a store.
 */
public sealed interface GroupOutcome permits TaskOutcome, StreamOutcome, TableOutcome {

  /** The group, and where the learner stands after it. */
  ClosedGroup group();

  /** What each outer step saw; nothing where there are none. */
  List<MetaStep> steps();

  default List<Arrival> arrivals() {
    return group().arrivals();
  }

  default List<TaskScore> scores() {
    return group().scores();
  }

  default Progress progress() {
    return group().progress();
  }
}
