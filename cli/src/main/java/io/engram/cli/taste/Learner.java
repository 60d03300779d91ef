package io.engram.cli.taste;

import static java.util.Objects.requireNonNull;

import io.engram.core.evaluation.TaskScore;
import io.engram.core.learning.LifelongLearner;
import io.engram.core.learning.Reception;
import io.engram.core.learning.TableOutcome;
import io.engram.core.learning.TableSettings;
import io.engram.core.learning.TableState;
import io.engram.core.learning.tables.TableLearning;
import io.engram.core.learning.tasks.ReplayReader;
import io.engram.core.memory.Admission;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The learner of tables with its memory in a map: no log, no store. Every task is scored before it is learned from. */
final class Learner {

  private static final LogPosition ASIDE = new LogPosition(1, 0);

  private final TableSettings settings;
  private final Map<Integer, Task> memory = new HashMap<>();
  private final ReplayReader reader = slot -> requireNonNull(memory.get(slot));
  private final LifelongLearner<TableState, TableOutcome> learner;
  private final List<TaskScore> scores = new ArrayList<>();
  private long shown;

  Learner(TableSettings settings) {
    this.settings = settings;
    this.learner = TableLearning.learner(settings, TableState.initial(settings), reader);
  }

  /** Shows it the next task to learn from. */
  void show(Task task) {
    Reception reception = learner.show(task, new LogPosition(0, shown++), bytes(task));
    requireTaken(task, reception);
    if (reception instanceof Reception.GroupComplete) {
      TableOutcome outcome = learner.decide();
      scores.addAll(learner.waitingScores());
      learner.apply(outcome);
      for (int i = 0; i < outcome.arrivals().size(); i++) {
        remember(outcome.arrivals().get(i).task(), outcome.admissions().get(i));
      }
    }
  }

  /** How all tasks shown were answered, each before it was learned from. */
  List<TaskScore> scores() {
    List<TaskScore> all = new ArrayList<>(scores);
    all.addAll(learner.takeUpWaiting());
    return all;
  }

  /** How it answers a task now. It learns nothing from it. */
  TaskScore ask(Task task) {
    LifelongLearner<TableState, TableOutcome> aside =
        TableLearning.learner(settings, learner.state(), reader);
    requireTaken(task, aside.show(task, ASIDE, bytes(task)));
    return aside.takeUpWaiting().get(0);
  }

  private static void requireTaken(Task task, Reception reception) {
    if (reception instanceof Reception.Refused refused) {
      throw new IllegalStateException("task %s: %s".formatted(task.id(), refused.reason()));
    }
  }

  private void remember(Task task, Admission admission) {
    if (admission instanceof Admission.Kept kept) {
      memory.keySet().removeAll(kept.emptied());
      memory.put(kept.slot(), task);
    }
  }

  /** About what its record would take. */
  private static int bytes(Task task) {
    return Float.BYTES * (task.support().inputs().length + task.query().inputs().length);
  }
}
