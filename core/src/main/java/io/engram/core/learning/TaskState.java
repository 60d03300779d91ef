package io.engram.core.learning;

import io.engram.core.memory.EpisodicMemory;
import io.engram.core.meta.MetaState;

/**
 * All that a learner of tasks is between two groups.
 *
 * @param meta θ and what moves it
 * @param memory which tasks are remembered
 * @param heldOut tasks that were not learned from
 * @param examination of the newest version that was made
 */
public record TaskState(
    MetaState meta,
    EpisodicMemory memory,
    HeldOutTasks heldOut,
    TaskExamination<TaskVersion> examination,
    Standing standing)
    implements LifelongState {

  /** With nothing held out. */
  public TaskState(MetaState meta, EpisodicMemory memory, Standing standing) {
    this(meta, memory, HeldOutTasks.NONE, TaskExamination.none(), standing);
  }

  /** Before the first task. */
  public static TaskState initial(TaskSettings settings) {
    return new TaskState(
        MetaState.initial(
            settings.basics().untrained(), settings.network().layout(), settings.meta()),
        settings.memory().empty(settings.seed()),
        Standing.initial(settings));
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

  @Override
  public Retained retained() {
    return examination.retained();
  }

  /** The same, with a version of it examined. */
  public TaskState with(TaskExamination<TaskVersion> newest) {
    return new TaskState(meta, memory, heldOut, newest, standing);
  }
}
