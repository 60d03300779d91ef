package io.engram.core.baseline;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * What needs no learning over tasks: experts fitted on an episode's support set, each under the column of scores that is its own. It keeps
 * nothing from one episode to the next.
 */
public final class SupportBoard {

  /** Multiplications that a fit may cost; beyond them nobody would call it cheap. */
  private static final long CHEAP = 5_000_000;

  private static final int STEPS = 60;

  private static final Expert MEAN = new RecencyMean("mean", 1, 0);
  private static final Expert LAST = new RecencyMean("last", 0, 0);
  private static final Expert NEAREST = SupportExperts.nearest();
  private static final Expert RIDGE = SupportExperts.ridge();
  private static final Expert SOFTMAX =
      new SupportSoftmax("softmax", new RecencyMean("shares", 1, 1), 1);

  private SupportBoard() {}

  /**
   * Answers for the query set; the targets of it are not looked at.
   *
   * @return by column [queries × width]: numbers in the units of the episode, or a probability for each class
   */
  public static Map<ScoreColumn, double[][]> answer(Episode episode) {
    Rows rows = rows(episode);
    boolean classes = episode.support().targets() instanceof Targets.Classes;
    Map<ScoreColumn, double[][]> answers = new EnumMap<>(ScoreColumn.class);
    answers.put(ScoreColumn.SUPPORT_MEAN, MEAN.answer(rows));
    answers.put(ScoreColumn.LAST_LABEL, LAST.answer(rows));
    if (!classes) {
      answers.put(ScoreColumn.THREE_NEAREST, NEAREST.answer(rows));
    }
    if (cheap(rows, classes)) {
      answers.put(ScoreColumn.SUPPORT_FIT, (classes ? SOFTMAX : RIDGE).answer(rows));
    }
    return answers;
  }

  private static boolean cheap(Rows rows, boolean classes) {
    long size = rows.support().length;
    long steps = classes ? STEPS * size * size * rows.width() : 4 * size * size * size;
    return steps + size * (size + rows.query().length) * rows.columns() <= CHEAP;
  }

  private static Rows rows(Episode episode) {
    ExampleSet support = episode.support();
    if (support.targets() instanceof Targets.Classes classes) {
      double[][] labels = new double[support.size()][classes.ways()];
      for (int i = 0; i < labels.length; i++) {
        labels[i][classes.classes()[i]] = 1;
      }
      double[] prior = new double[classes.ways()];
      Arrays.fill(prior, 1.0 / prior.length);
      return new Rows(inputs(support), labels, inputs(episode.query()), prior);
    }
    Targets.Values values = (Targets.Values) support.targets();
    double[][] labels = table(values.values(), support.size(), values.width());
    return new Rows(inputs(support), labels, inputs(episode.query()), new double[values.width()]);
  }

  private static double[][] inputs(ExampleSet set) {
    return table(set.inputs(), set.size(), set.inputSize());
  }

  private static double[][] table(float[] flat, int rows, int columns) {
    double[][] table = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        table[i][j] = flat[i * columns + j];
      }
    }
    return table;
  }
}
