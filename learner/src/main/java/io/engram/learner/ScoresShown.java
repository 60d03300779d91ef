package io.engram.learner;

import io.engram.core.evaluation.ScoreWindow;
import io.engram.model.Measure;
import java.util.List;

/**
 * Scores as a learner shows them.
 *
 * @param measure of the scores
 * @param first mean scores over the first window of tasks
 * @param last mean scores over the last window of tasks
 * @param newest the last scores of the model, oldest first, for a sparkline
 */
public record ScoresShown(
    Measure measure, ScoreWindow first, ScoreWindow last, List<Double> newest) {

  public ScoresShown {
    newest = List.copyOf(newest);
  }
}
