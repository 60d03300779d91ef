package io.engram.cli.taste;

import java.util.List;

/**
 * How Engram did on the tasks of a table.
 *
 * @param cut tasks that the rows made
 * @param scored of them, each before it was learned from
 * @param outOfTime whether the rest but for those held out was left for want of time
 * @param comparison with the baselines, on those scored
 * @param overTasks how errors went meanwhile
 * @param overShots errors at the end on tasks held out, by rows to adapt on; no points where no task was held out
 */
record Trial(
    int cut,
    int scored,
    boolean outOfTime,
    Comparison comparison,
    Course overTasks,
    Course overShots) {

  /** Tasks held out. */
  int heldOut() {
    List<Course.Point> points = overShots.points();
    return points.isEmpty() ? 0 : points.get(0).tasks();
  }
}
