package io.engram.experiments.stream;

import static java.util.Objects.requireNonNull;

import io.engram.core.compute.MetaProgram;
import io.engram.core.evaluation.PrequentialScores;
import io.engram.core.learning.LifelongLearner;
import io.engram.core.learning.Reception;
import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.learning.tasks.TaskLearning;
import io.engram.core.memory.Admission;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Task;
import java.util.HashMap;
import java.util.Map;

/** A lifelong learner with its episodic memory in a map: no log, no store. */
public final class LearnerAlone {

  private final LifelongLearner<TaskState, TaskOutcome> learner;
  private final Map<Integer, Task> memory = new HashMap<>();
  private long shown;

  public LearnerAlone(TaskSettings settings, MetaProgram program) {
    this.learner =
        TaskLearning.learner(
            settings,
            program,
            TaskState.initial(settings),
            slot -> requireNonNull(memory.get(slot)));
  }

  /**
   * Shows it the next task.
   *
   * @throws IllegalStateException if it refuses the task
   */
  public void show(Task task) {
    Reception reception = learner.show(task, new LogPosition(0, shown++), bytes(task));
    if (reception instanceof Reception.Refused refused) {
      throw new IllegalStateException("task %s: %s".formatted(task.id(), refused.reason()));
    }
    if (reception instanceof Reception.GroupComplete) {
      TaskOutcome outcome = learner.decide();
      learner.apply(outcome);
      for (int i = 0; i < outcome.arrivals().size(); i++) {
        remember(outcome.arrivals().get(i).task(), outcome.admissions().get(i));
      }
    }
  }

  /** Scores of all tasks in complete groups, each from before it was learned from. */
  public PrequentialScores scores() {
    return learner.state().scores();
  }

  /** About what its record would take. */
  private static int bytes(Task task) {
    return Float.BYTES * (task.support().inputs().length + task.query().inputs().length);
  }

  private void remember(Task task, Admission admission) {
    if (admission instanceof Admission.Kept kept) {
      memory.keySet().removeAll(kept.emptied());
      memory.put(kept.slot(), task);
    }
  }
}
