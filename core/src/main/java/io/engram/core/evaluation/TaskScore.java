package io.engram.core.evaluation;

import java.util.Map;

/**
 * How one task's query set was predicted before it was learned from. Accuracy in [0, 1] or mean squared error.
 *
 * @param byColumn one score for each column; NaN where there is none
 */
public record TaskScore(Map<ScoreColumn, Double> byColumn) implements ColumnScores {

  public TaskScore {
    Map<ScoreColumn, Double> given = byColumn;
    byColumn = ScoreColumn.each(column -> ScoreColumn.of(given, column));
  }

  /** In the order of {@link ScoreColumn}; there is none of those left out at the end. */
  public TaskScore(double... inOrder) {
    this(ScoreColumn.inOrder(inOrder));
  }
}
