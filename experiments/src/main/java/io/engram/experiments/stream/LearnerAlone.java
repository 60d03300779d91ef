package io.engram.experiments.stream;

import static java.util.Objects.requireNonNull;

import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.evaluation.PrequentialScores;
import io.engram.core.learning.GroupOutcome;
import io.engram.core.learning.LifelongLearner;
import io.engram.core.learning.LifelongState;
import io.engram.core.learning.Reception;
import io.engram.core.learning.TableOutcome;
import io.engram.core.learning.TableSettings;
import io.engram.core.learning.TableState;
import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.learning.tables.TableLearning;
import io.engram.core.learning.tasks.ReplayReader;
import io.engram.core.learning.tasks.TaskLearning;
import io.engram.core.memory.Admission;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A lifelong learner with its episodic memory in a map: no log, no store.
 *
 * @param <S> what it is between two groups
 * @param <O> what it makes of a group
 */
public final class LearnerAlone<S extends LifelongState, O extends GroupOutcome> {

  private final LifelongLearner<S, O> learner;
  private final Function<O, List<Admission>> admissions;
  private final Map<Integer, Task> memory;
  private long shown;

  private LearnerAlone(
      Function<ReplayReader, LifelongLearner<S, O>> learner,
      Function<O, List<Admission>> admissions) {
    this.memory = new HashMap<>();
    this.learner = learner.apply(slot -> requireNonNull(memory.get(slot)));
    this.admissions = admissions;
  }

  /** A meta-learner. */
  public static LearnerAlone<TaskState, TaskOutcome> ofTasks(
      TaskSettings settings, MetaProgram program) {
    return new LearnerAlone<>(
        reader -> TaskLearning.learner(settings, program, TaskState.initial(settings), reader),
        TaskOutcome::admissions);
  }

  /** The learner of tables. */
  public static LearnerAlone<TableState, TableOutcome> ofTables(TableSettings settings) {
    return new LearnerAlone<>(
        reader -> TableLearning.learner(settings, TableState.initial(settings), reader),
        TableOutcome::admissions);
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
      O outcome = learner.decide();
      learner.apply(outcome);
      for (int i = 0; i < outcome.arrivals().size(); i++) {
        remember(outcome.arrivals().get(i).task(), admissions.apply(outcome).get(i));
      }
    }
  }

  /** What it is after the last complete group. */
  public S state() {
    return learner.state();
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
