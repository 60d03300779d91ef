package io.engram.core.learning.tables;

import io.engram.core.evaluation.NearestNeighbour;
import io.engram.core.evaluation.PredictionScores;
import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.evaluation.TaskScore;
import io.engram.core.learning.TableSettings;
import io.engram.core.learning.tasks.BoardScores;
import io.engram.core.tables.Question;
import io.engram.core.tables.TableModel;
import io.engram.core.tables.TableShape;
import io.engram.core.task.Episode;
import io.engram.core.task.Targets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Answers tasks as they came and scores the answers, with cheap baselines beside them. */
final class TableScorer {

  private final TableSettings settings;
  private final TableShape shape;

  TableScorer(TableSettings settings) {
    this.settings = settings;
    this.shape = settings.shape();
  }

  /**
   * A task that was answered.
   *
   * @param experts [experts × queries × outputs] what each of them said, measured
   * @param answers [queries × outputs] what they said together, measured
   * @param labels [queries × outputs] the truth, measured
   * @param wild whether its labels lie so far off that nothing is to be learned from it
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Answered(
      TaskScore score,
      Question question,
      double[][][] experts,
      double[][] answers,
      double[][] labels,
      boolean wild) {}

  /** The model's score alone: accuracy, or mean squared error in the units of the stream. */
  double model(TableModel model, Episode episode) {
    Question question = model.ask(episode.support(), episode.query());
    double[][] answers = model.pooled(model.expertAnswers(question));
    return score(model, question, answers, episode.query().targets());
  }

  Answered answer(TableModel model, Episode episode) {
    Question question = model.ask(episode.support(), episode.query());
    double[][][] experts = model.expertAnswers(question);
    Targets truth = episode.query().targets();
    Map<ScoreColumn, Double> columns = new EnumMap<>(ScoreColumn.class);
    double[][] answers = model.pooled(experts);
    columns.put(ScoreColumn.MODEL, score(model, question, answers, truth));
    columns.put(ScoreColumn.UNTRAINED, score(model, question, experts[0], truth));
    if (settings.basics().scoreUntrained()) {
      Episode measured = question.measured(episode.support().targets(), truth);
      columns.putAll(BoardScores.of(measured, question.scale().labelDeviation()));
      columns.put(ScoreColumn.NEAREST_NEIGHBOUR, NearestNeighbour.accuracy(measured));
      columns.put(ScoreColumn.GLOBAL, score(model, question, experts[shape.globalExpert()], truth));
    }
    double[][] labels = question.labels(shape, truth);
    if (shape.classes()) {
      columns.putAll(PredictionScores.ofClasses(answers, ((Targets.Classes) truth).classes()));
    } else {
      columns.put(ScoreColumn.ABSOLUTE_ERROR, absoluteError(question, answers, labels));
      columns.put(ScoreColumn.COVERED, covered(model, question, experts, answers, labels));
    }
    return new Answered(
        new TaskScore(columns),
        question,
        experts,
        answers,
        labels,
        question.wild(shape, episode.support().targets(), truth));
  }

  private static double absoluteError(Question question, double[][] answers, double[][] labels) {
    double sum = 0;
    for (int q = 0; q < answers.length; q++) {
      for (int c = 0; c < answers[q].length; c++) {
        double deviation = question.scale().labelDeviation()[c];
        sum += Math.abs(answers[q][c] - labels[q][c]) * deviation / answers[q].length;
      }
    }
    return sum / answers.length;
  }

  /** Share of labels within their intervals; NaN where no interval is known yet. */
  private static double covered(
      TableModel model,
      Question question,
      double[][][] experts,
      double[][] answers,
      double[][] labels) {
    double[][] halves = model.halfWidths(question, experts, ScoreColumn.COVERED_LEVEL);
    double within = 0;
    double all = 0;
    for (int q = 0; q < answers.length; q++) {
      for (int c = 0; c < answers[q].length; c++) {
        double missed = Math.abs(answers[q][c] - labels[q][c]);
        within += missed * question.scale().labelDeviation()[c] <= halves[q][c] ? 1 : 0;
        all += halves[q][c] > 0 ? 1 : 0;
      }
    }
    return all == 0 ? Double.NaN : within / all;
  }

  /** Accuracy, or mean squared error in the units of the stream. */
  private static double score(
      TableModel model, Question question, double[][] answers, Targets truth) {
    float[] asTheyAre = new float[answers[0].length];
    Arrays.fill(asTheyAre, 1);
    return BoardScores.score(model.inStreamUnits(question, answers), truth, asTheyAre);
  }
}
