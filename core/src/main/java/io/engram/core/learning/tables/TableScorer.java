package io.engram.core.learning.tables;

import io.engram.core.evaluation.NearestNeighbour;
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
   * @param labels [queries × outputs] the truth, measured
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Answered(TaskScore score, double[][][] experts, double[][] labels) {}

  Answered answer(TableModel model, Episode episode) {
    Question question = model.ask(episode.support(), episode.query());
    double[][][] experts = model.expertAnswers(question);
    Targets truth = episode.query().targets();
    Map<ScoreColumn, Double> columns = new EnumMap<>(ScoreColumn.class);
    columns.put(ScoreColumn.MODEL, score(model, question, model.pooled(experts), truth));
    columns.put(ScoreColumn.UNTRAINED, score(model, question, experts[0], truth));
    if (settings.basics().scoreUntrained()) {
      Episode measured = question.measured(episode.support().targets(), truth);
      columns.putAll(BoardScores.of(measured, question.scale().labelDeviation()));
      columns.put(ScoreColumn.NEAREST_NEIGHBOUR, NearestNeighbour.accuracy(measured));
      columns.put(ScoreColumn.GLOBAL, score(model, question, experts[shape.globalExpert()], truth));
    }
    return new Answered(new TaskScore(columns), experts, question.labels(shape, truth));
  }

  /** Accuracy, or mean squared error in the units of the stream. */
  private static double score(
      TableModel model, Question question, double[][] answers, Targets truth) {
    float[] asTheyAre = new float[answers[0].length];
    Arrays.fill(asTheyAre, 1);
    return BoardScores.score(model.inStreamUnits(question, answers), truth, asTheyAre);
  }
}
