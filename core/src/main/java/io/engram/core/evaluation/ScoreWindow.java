package io.engram.core.evaluation;

import java.util.Map;

/**
 * The mean scores over a window of tasks.
 *
 * @param byColumn one mean for each column; NaN where the window is empty, or a task of it has no such score
 * @param tasks in the window
 */
public record ScoreWindow(Map<ScoreColumn, Double> byColumn, int tasks) implements ColumnScores {

  public ScoreWindow {
    Map<ScoreColumn, Double> given = byColumn;
    byColumn = ScoreColumn.each(column -> ScoreColumn.of(given, column));
  }

  /** Of so many tasks, in the order of {@link ScoreColumn}. */
  public static ScoreWindow of(int tasks, double... inOrder) {
    return new ScoreWindow(ScoreColumn.inOrder(inOrder), tasks);
  }

  /** Of nearest neighbours. */
  public double nearestNeighbour() {
    return of(ScoreColumn.NEAREST_NEIGHBOUR);
  }
}
