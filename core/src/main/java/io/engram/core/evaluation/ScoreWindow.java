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

  /** Of numbers, R² against the mean of the support set: 1 where nothing is missed, 0 where the mean would have done as well; NaN of classes. */
  public double explained() {
    double explained = 1 - model() / of(ScoreColumn.SUPPORT_MEAN);
    boolean numbers = !Double.isNaN(of(ScoreColumn.ABSOLUTE_ERROR));
    return numbers && Double.isFinite(explained) ? explained : Double.NaN;
  }

  /** Of nearest neighbours. */
  public double nearestNeighbour() {
    return of(ScoreColumn.NEAREST_NEIGHBOUR);
  }
}
