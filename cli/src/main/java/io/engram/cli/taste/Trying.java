package io.engram.cli.taste;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.evaluation.TaskScore;
import io.engram.core.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Shows tasks to the learner, each scored before it learns from it, and asks it about others at the end. */
final class Trying {

  private static final int HELD_OUT_PART = 10;
  private static final int MOST_HELD_OUT = 200;

  /** So many are shown however late it is. */
  private static final int LEAST_SHOWN = 8;

  /** The rest of the time is for those held out. */
  private static final double TIME_TO_LEARN = 0.85;

  private static final List<Integer> SHOTS = List.of(1, 2, 3, 5, 10);

  private final Table table;
  private final int half;
  private final Stopwatch watch;
  private final TaskCutter cutter;
  private final Learner learner;

  Trying(Table table, int half, Stopwatch watch) {
    this.table = table;
    this.half = half;
    this.watch = watch;
    this.cutter = new TaskCutter(table, half);
    this.learner = new Learner(table.learner());
  }

  /** There is at least one task. */
  Trial of(List<Task> tasks) {
    int heldOut = Math.min(MOST_HELD_OUT, tasks.size() / HELD_OUT_PART);
    int toShow = tasks.size() - heldOut;
    watch.say("learning from %,d tasks of %d rows".formatted(toShow, 2 * half));
    int shown = 0;
    while (shown < toShow && (shown < LEAST_SHOWN || !watch.beyond(TIME_TO_LEARN))) {
      learner.show(tasks.get(shown++));
      watch.sayAtTimes("tasks", shown, toShow);
    }
    Errors errors = errors(learner.scores());
    Comparison comparison = Comparison.of(errors, Contender.of(table.classification(), half));
    ScoreColumn best = comparison.best().column();
    return new Trial(
        tasks.size(),
        shown,
        shown < toShow,
        comparison,
        Course.overTasks(errors, best),
        overShots(tasks.subList(shown, shown + heldOut), best));
  }

  private Course overShots(List<Task> heldOut, ScoreColumn best) {
    List<Integer> shots = new ArrayList<>(new TreeSet<>(shots()));
    List<List<TaskScore>> scores = new ArrayList<>();
    shots.forEach(few -> scores.add(new ArrayList<>()));
    int asked = 0;
    for (Task task : heldOut) {
      if (asked > 0 && watch.beyond(1)) {
        break;
      }
      for (int i = 0; i < shots.size(); i++) {
        scores.get(i).add(learner.ask(cutter.withShots(task, shots.get(i))));
      }
      watch.sayAtTimes("tasks held out", ++asked, heldOut.size());
    }
    List<Course.Point> points = new ArrayList<>();
    for (int i = 0; i < shots.size() && asked > 0; i++) {
      int few = shots.get(i);
      points.add(Course.point(Integer.toString(few), few, errors(scores.get(i)), best));
    }
    return new Course(points);
  }

  /** Those that the tasks have rows for, and all they have. */
  private List<Integer> shots() {
    List<Integer> shots = new ArrayList<>(SHOTS);
    shots.removeIf(few -> few > half);
    shots.add(half);
    return shots;
  }

  private Errors errors(List<TaskScore> scores) {
    return new Errors(scores, ErrorKind.of(table));
  }
}
