package io.engram.core.evaluation;

import java.util.Map;

/** Scores side by side, one for each column; NaN where there is none. */
public interface ColumnScores {

  /** All of them. */
  Map<ScoreColumn, Double> byColumn();

  /** NaN where there is none. */
  default double of(ScoreColumn column) {
    return ScoreColumn.of(byColumn(), column);
  }

  /** Of the meta-parameters of that moment. */
  default double model() {
    return of(ScoreColumn.MODEL);
  }

  /** Of θ₀. */
  default double untrained() {
    return of(ScoreColumn.UNTRAINED);
  }
}
