package io.engram.learner.agent;

import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskState;

/** The store of a learner of tasks, which can be rebuilt from the log and a published version. */
public interface TaskStore extends LearnerStore<TaskState, TaskOutcome> {

  /**
   * Puts a task into a memory slot of a store that is being rebuilt; means nothing until {@link #adopt}.
   *
   * @param record the task as it came
   */
  void remember(int slot, byte[] record);

  /** Empties a memory slot of a store that is being rebuilt. */
  void forget(int slot);

  /** Makes a rebuilt state durable; from here on the store is not fresh any more. */
  void adopt(TaskState state, Publication publication);
}
