package io.engram.cli.taste;

import io.engram.core.evaluation.ScoreColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * How errors go: one point after another, of Engram and of the best baseline.
 *
 * @param points in order
 */
record Course(List<Point> points) {

  private static final int MOST_PIECES = 10;

  /** Fewer say nothing. */
  private static final int LEAST_TASKS = 5;

  Course {
    points = List.copyOf(points);
  }

  /**
   * One point.
   *
   * @param name what it is about
   * @param at where it lies: the last task of a piece, or rows to adapt on
   * @param tasks that it is the mean over
   */
  record Point(String name, int at, int tasks, double engram, double best) {}

  static Point point(String name, int at, Errors errors, ScoreColumn best) {
    return new Point(name, at, errors.tasks(), errors.mean(ScoreColumn.MODEL), errors.mean(best));
  }

  /** Over tasks, in pieces of one size. */
  static Course overTasks(Errors errors, ScoreColumn best) {
    int tasks = errors.tasks();
    int pieces = Math.max(1, Math.min(MOST_PIECES, tasks / LEAST_TASKS));
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < pieces; i++) {
      int from = i * tasks / pieces;
      int to = (i + 1) * tasks / pieces;
      points.add(point("%d–%d".formatted(from + 1, to), to, errors.part(from, to), best));
    }
    return new Course(points);
  }
}
