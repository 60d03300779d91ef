package io.engram.core.baseline;

import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Cheap answers to every task of a stream, given before anybody learns from it: what a learner has to beat. Answer a task, score it,
 * then let the board learn from it. It takes missing inputs (NaN).
 */
public final class Board {

  /** The name of the mixture of all experts, last in every list. */
  public static final String MIXTURE = "mixture";

  private final List<Expert> experts;
  private final Mixture mixture;
  private final RunningColumns columns;
  private final double[] labelSums;
  private double labels;

  private Board(int columns, int width, Mixture mixture, List<Expert> experts, double start) {
    this.experts = List.copyOf(experts);
    this.mixture = mixture;
    this.columns = new RunningColumns(columns);
    labelSums = new double[width];
    Arrays.fill(labelSums, start);
    labels = start * width;
  }

  /**
   * For numbers.
   *
   * @param columns inputs of an example
   * @param width numbers to predict for an example
   * @param more experts beside the usual ones
   */
  public static Board numbers(int columns, int width, List<Expert> more) {
    Expert everywhere = new OnlineLinear("linear", Design.ROW);
    List<Expert> learning =
        List.of(
            everywhere,
            new Shifted("linear-shifted", everywhere),
            new OnlineLinear("linear-differences", Design.DIFFERENCE),
            new OnlineLinear("linear-statistics", Design.ALL));
    List<Expert> usual = joined(SupportExperts.numbers(), learning);
    return new Board(
        columns, width, Mixture.ofNumbers(usual.size() + more.size()), joined(usual, more), 0);
  }

  /**
   * For classes, whose indices must mean the same in every task.
   *
   * @param columns inputs of an example
   * @param ways number of classes
   * @param more experts beside the usual ones
   */
  public static Board classes(int columns, int ways, List<Expert> more) {
    Expert everywhere = new OnlineSoftmax("softmax", Design.ROW);
    List<Expert> learning =
        List.of(
            everywhere,
            new SupportSoftmax("softmax-adapted", everywhere, 1),
            new OnlineSoftmax("softmax-statistics", Design.ALL));
    List<Expert> usual = joined(SupportExperts.classes(), learning);
    return new Board(
        columns, ways, Mixture.ofClasses(usual.size() + more.size()), joined(usual, more), 1);
  }

  private static List<Expert> joined(List<Expert> usual, List<Expert> more) {
    return Stream.concat(usual.stream(), more.stream()).toList();
  }

  /** Who answers, in the order of answers. */
  public List<String> names() {
    return Stream.concat(experts.stream().map(Expert::name), Stream.of(MIXTURE)).toList();
  }

  /**
   * Answers to a task. The targets of the query set are not looked at.
   *
   * @throws IllegalArgumentException if the examples are not shaped as this board was told
   */
  public Answers answer(ExampleSet support, ExampleSet query) {
    Rows rows = rows(support, query);
    double[][][] answers = new double[experts.size() + 1][][];
    for (int e = 0; e < experts.size(); e++) {
      answers[e] = experts.get(e).answer(rows);
    }
    answers[experts.size()] = mixture.answer(Arrays.copyOf(answers, experts.size()));
    return new Answers(names(), rows, answers);
  }

  /** Learns from a task that it answered. */
  public void learn(Answers answers, ExampleSet support, ExampleSet query) {
    double[][] asked = labels(query.targets());
    mixture.learn(Arrays.copyOf(answers.all(), experts.size()), asked);
    for (Expert expert : experts) {
      expert.learn(answers.rows(), asked);
    }
    columns.add(support.inputs());
    columns.add(query.inputs());
    see(answers.rows().labels());
    see(asked);
  }

  private void see(double[][] seen) {
    for (double[] label : seen) {
      labels++;
      for (int c = 0; c < label.length; c++) {
        labelSums[c] += label[c];
      }
    }
  }

  private Rows rows(ExampleSet support, ExampleSet query) {
    RunningColumns scale = columns;
    if (scale.empty()) {
      scale = new RunningColumns(support.inputSize());
      scale.add(support.inputs());
    }
    double[][] first = standardised(support, scale);
    double[][] second = standardised(query, scale);
    fill(first, second);
    double[] prior = new double[labelSums.length];
    for (int c = 0; c < prior.length; c++) {
      prior[c] = labels > 0 ? labelSums[c] / labels : 0;
    }
    return new Rows(first, labels(support.targets()), second, prior);
  }

  private static double[][] standardised(ExampleSet set, RunningColumns scale) {
    double[][] rows = new double[set.size()][set.inputSize()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = scale.standardised(j, set.inputs()[i * rows[i].length + j]);
      }
    }
    return rows;
  }

  /** A missing cell becomes the support's mean of its column, or the mean of all rows where the support has none. */
  private static void fill(double[][] support, double[][] query) {
    for (int j = 0; j < support[0].length; j++) {
      double sum = 0;
      int known = 0;
      for (double[] row : support) {
        if (!Double.isNaN(row[j])) {
          sum += row[j];
          known++;
        }
      }
      double mean = known == 0 ? 0 : sum / known;
      for (double[][] rows : List.of(support, query)) {
        for (double[] row : rows) {
          row[j] = Double.isNaN(row[j]) ? mean : row[j];
        }
      }
    }
  }

  private double[][] labels(Targets targets) {
    double[][] rows = new double[targets.size()][labelSums.length];
    if (targets instanceof Targets.Classes classes) {
      for (int i = 0; i < rows.length; i++) {
        rows[i][classes.classes()[i]] = 1;
      }
    } else if (targets instanceof Targets.Values values) {
      if (values.width() != labelSums.length) {
        throw new IllegalArgumentException(
            "labels have %d values, this board was told %d"
                .formatted(values.width(), labelSums.length));
      }
      for (int i = 0; i < rows.length; i++) {
        for (int c = 0; c < rows[i].length; c++) {
          rows[i][c] = values.values()[i * rows[i].length + c];
        }
      }
    }
    return rows;
  }
}
