package io.engram.learner.agent;

import io.engram.core.evaluation.ColumnScores;
import io.engram.core.evaluation.ScoreColumn;
import io.engram.model.Measure;
import java.util.Optional;

/**
 * The model against whatever does best without learning over tasks: the untrained start and the cheap baselines.
 *
 * @param model its score; NaN where there is none
 * @param rival the best of the others; empty while none has a score
 * @param rivalScore its score; NaN while there is none
 * @param advantage by how much the model is better, negative where it is worse: of accuracies the difference, of errors the share of the rival's that is
 *     saved; NaN while there is none
 */
public record Contest(
    double model, Optional<ScoreColumn> rival, double rivalScore, double advantage) {

  /** Of one window's scores. */
  public static Contest of(ColumnScores scores, Measure measure) {
    Optional<ScoreColumn> best = Optional.empty();
    double bestScore = Double.NaN;
    for (ScoreColumn column : ScoreColumn.values()) {
      double score = scores.of(column);
      if (column == ScoreColumn.MODEL || column.aboutTheModel() || !Double.isFinite(score)) {
        continue;
      }
      if (best.isEmpty() || measure.advantage(score, bestScore) > 0) {
        best = Optional.of(column);
        bestScore = score;
      }
    }
    double advantage = best.isEmpty() ? Double.NaN : measure.advantage(scores.model(), bestScore);
    return new Contest(scores.model(), best, bestScore, advantage);
  }
}
