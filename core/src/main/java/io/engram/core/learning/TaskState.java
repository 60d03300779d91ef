package io.engram.core.learning;

import io.engram.core.memory.EpisodicMemory;
import io.engram.core.meta.MetaState;

/**
 * All that a learner of tasks is between two groups.
 *
 * @param meta θ and what moves it
 * @param memory which tasks are remembered
 */
public record TaskState(MetaState meta, EpisodicMemory memory, Standing standing)
    implements LifelongState {

  /** Before the first task. */
  public static TaskState initial(TaskSettings settings) {
    return new TaskState(
        MetaState.initial(
            settings.basics().untrained(), settings.network().layout(), settings.meta()),
        settings.memory().empty(settings.seed()),
        Standing.initial(settings.basics()));
  }

  @Override
  public float[] theta() {
    return meta.theta();
  }

  @Override
  public float[] stepSizes() {
    return meta.stepSizes();
  }

  @Override
  public long updates() {
    return meta.updates();
  }

  @Override
  public int remembered() {
    return memory.size();
  }

  /** Versions are adapted to a task before they answer, and not asked about others. */
  @Override
  public Retained retained() {
    return Retained.UNKNOWN;
  }
}
