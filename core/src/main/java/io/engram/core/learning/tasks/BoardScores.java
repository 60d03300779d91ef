package io.engram.core.learning.tasks;

import io.engram.core.baseline.SupportBoard;
import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.task.Episode;
import io.engram.core.task.Targets;
import java.util.EnumMap;
import java.util.Map;

/** What cheap baselines would have scored on an episode's query set. */
public final class BoardScores {

  private BoardScores() {}

  /**
   * Accuracy, or mean squared error in the units of the stream; nothing for an empty query set.
   *
   * @param deviations what regression targets were divided by
   */
  public static Map<ScoreColumn, Double> of(Episode episode, float[] deviations) {
    Map<ScoreColumn, Double> scores = new EnumMap<>(ScoreColumn.class);
    if (episode.query().size() > 0) {
      SupportBoard.answer(episode)
          .forEach(
              (column, answers) ->
                  scores.put(column, score(answers, episode.query().targets(), deviations)));
    }
    return scores;
  }

  /**
   * The score of answers, [queries × width].
   *
   * @param deviations what regression targets were divided by
   */
  public static double score(double[][] answers, Targets targets, float[] deviations) {
    double sum = 0;
    for (int i = 0; i < answers.length; i++) {
      sum +=
          targets instanceof Targets.Classes classes
              ? right(answers[i], classes.classes()[i])
              : squaredError(answers[i], (Targets.Values) targets, i, deviations);
    }
    return sum / answers.length;
  }

  private static double right(double[] probabilities, int label) {
    int largest = 0;
    for (int c = 1; c < probabilities.length; c++) {
      largest = probabilities[c] > probabilities[largest] ? c : largest;
    }
    return largest == label ? 1 : 0;
  }

  private static double squaredError(
      double[] answer, Targets.Values values, int row, float[] deviations) {
    double sum = 0;
    for (int c = 0; c < answer.length; c++) {
      double error = (answer[c] - values.values()[row * answer.length + c]) * deviations[c];
      sum += error * error;
    }
    return sum / answer.length;
  }
}
