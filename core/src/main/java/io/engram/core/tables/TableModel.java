package io.engram.core.tables;

import io.engram.core.algebra.Vectors;
import io.engram.core.baseline.Expert;
import io.engram.core.baseline.Rows;
import io.engram.core.baseline.SupportExperts;
import io.engram.core.task.ExampleSet;
import io.engram.core.trees.Boosting;
import io.engram.core.trees.Forest;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What is known of tasks on a table. It answers by a pool of experts: those fitted on the support set, a linear model of all rows, the same
 * adapted to the support, one of rows' differences, one of {@link Views}, trees on views, and trees that correct the linear model. Immutable; safe
 * for any number of threads.
 *
 * @param rows linear model of rows, whatever their task
 * @param changes linear model of rows' differences; of numbers alone, else of no inputs
 * @param views linear model of views
 * @param alone trees on views
 * @param correcting trees on views whose answers are added to those of {@code views}
 * @param weights of the experts, in the order of {@link TableShape#experts()}
 * @param width of intervals about answers; of numbers alone
 */
@SuppressWarnings("ArrayRecordComponent") // parts of one tensor, never compared
public record TableModel(
    TableShape shape,
    TableScale scale,
    LinearModel rows,
    LinearModel changes,
    LinearModel views,
    Forest alone,
    Forest correcting,
    float[] weights,
    Width width) {

  /** No class is less probable. */
  static final double FLOOR = 1e-3;

  private static final double LEAST_SHARE = 1e-4;

  /** Knows nothing: it answers what the support's labels are on average. */
  public static TableModel untrained(TableShape shape) {
    float[] weights = new float[shape.experts().size()];
    weights[0] = 1;
    return new TableModel(
        shape,
        TableScale.unknown(shape),
        LinearModel.zero(shape.columns(), shape.outputs()),
        LinearModel.zero(
            shape.classes() ? 0 : shape.columns(), shape.classes() ? 0 : shape.outputs()),
        LinearModel.zero(shape.viewLength(), shape.outputs()),
        Forest.bare(shape.scores(), shape.alone()),
        Forest.bare(shape.scores(), shape.correcting()),
        weights,
        Width.UNKNOWN);
  }

  /**
   * Reads what {@link #flat()} wrote.
   *
   * @throws IllegalArgumentException if it is not as long as a model of this shape, or none
   */
  public static TableModel of(TableShape shape, float[] flat) {
    if (flat.length != shape.modelLength()) {
      throw new IllegalArgumentException(
          "a model of %s is %d numbers, found %d"
              .formatted(shape, shape.modelLength(), flat.length));
    }
    FloatBuffer in = FloatBuffer.wrap(flat);
    TableScale scale = TableScale.read(shape, in);
    LinearModel rows = LinearModel.read(shape.columns(), shape.outputs(), in);
    LinearModel changes =
        LinearModel.read(
            shape.classes() ? 0 : shape.columns(), shape.classes() ? 0 : shape.outputs(), in);
    LinearModel views = LinearModel.read(shape.viewLength(), shape.outputs(), in);
    Forest alone = forest(shape, shape.alone(), in);
    Forest correcting = forest(shape, shape.correcting(), in);
    float[] weights = new float[shape.experts().size()];
    in.get(weights);
    return new TableModel(
        shape, scale, rows, changes, views, alone, correcting, weights, Width.read(in));
  }

  private static Forest forest(TableShape shape, Boosting boosting, FloatBuffer in) {
    float[] flat = new float[shape.forestLength(boosting)];
    in.get(flat);
    Forest forest = new Forest(shape.scores(), boosting.depth(), boosting.rounds(), flat);
    forest.requireInputs(shape.viewLength());
    return forest;
  }

  /** All of it, [{@link TableShape#modelLength()}]; fresh. */
  public float[] flat() {
    float[] flat = new float[shape.modelLength()];
    FloatBuffer out = FloatBuffer.wrap(flat);
    scale.write(out);
    out.put(rows.flat()).put(changes.flat()).put(views.flat());
    out.put(alone.flat()).put(correcting.flat()).put(weights);
    width.write(out);
    return flat;
  }

  /** Whether it has learned anything. */
  public boolean trained() {
    return scale.known();
  }

  /** The linear model of rows as a dense layer takes them, unmeasured: weights, column after column of an output, then biases; 0 where it overflows. */
  public float[] linear() {
    return DenseLayer.of(this);
  }

  /** The same with other trust in the experts. */
  public TableModel trusting(double[] other) {
    float[] trust = new float[other.length];
    for (int e = 0; e < trust.length; e++) {
      trust[e] = (float) other[e];
    }
    return new TableModel(shape, scale, rows, changes, views, alone, correcting, trust, width);
  }

  /** The same measured by another scale. */
  public TableModel measuredBy(TableScale other) {
    return new TableModel(shape, other, rows, changes, views, alone, correcting, weights, width);
  }

  /** The same with other intervals. */
  public TableModel doubting(Doubt doubt) {
    return new TableModel(
        shape, scale, rows, changes, views, alone, correcting, weights, doubt.width());
  }

  /** Shares of labels that intervals may be asked to cover. */
  public static List<Double> levels() {
    return Width.LEVELS;
  }

  /**
   * Half the width of an interval about each answer that covers so much of the labels.
   *
   * @param experts what they said, see {@link #expertAnswers}
   * @param level one of {@link #levels()}
   * @return [queries × outputs] in the units of the stream; 0 where nothing is known yet
   * @throws IllegalArgumentException if classes are answered, or the level is none of those
   */
  public double[][] halfWidths(Question question, double[][][] experts, double level) {
    Width.requireLevel(level);
    if (shape.classes()) {
      throw new IllegalArgumentException("classes are answered with probabilities, not intervals");
    }
    double[][][] signs = Signs.of(question.rows(), experts);
    double[][] halves = new double[signs.length][shape.outputs()];
    for (int q = 0; q < halves.length; q++) {
      for (int c = 0; c < halves[q].length; c++) {
        halves[q][c] = width.half(signs[q][c], level) * question.scale().labelDeviation()[c];
      }
    }
    return halves;
  }

  /** A task to be answered; targets of its query set are not looked at. */
  public Question ask(ExampleSet support, ExampleSet query) {
    return Question.of(shape, scale, support, query);
  }

  /**
   * Answers for rows, given some with labels.
   *
   * @return [queries × outputs] numbers in the units of the stream, or a probability for each class
   */
  public double[][] answer(Question question) {
    return inStreamUnits(question, pooled(expertAnswers(question)));
  }

  /** What the experts make of a task, in deviations or probabilities, [experts × queries × outputs]. */
  public double[][][] expertAnswers(Question question) {
    Rows task = question.rows();
    Views seen = new Views(shape);
    double[][][] support = seen.supportAnswers(task);
    float[] viewed = seen.of(task, support);
    double[][][] all = Arrays.copyOf(support, weights.length);
    int at = support.length;
    Expert everywhere = new Everywhere(shape.classes() ? "softmax" : "linear", this);
    all[at++] = everywhere.answer(task);
    all[at++] =
        (shape.classes()
                ? SupportExperts.adapted("adapted", everywhere)
                : SupportExperts.shifted("shifted", everywhere))
            .answer(task);
    if (!shape.classes()) {
      all[at++] = numbers(task, support[0], (q, sum) -> addChange(viewed, q, sum));
    }
    all[at++] = scored(task, support[0], (q, sum) -> views.addAnswer(viewed, view(q), sum));
    all[at++] =
        scored(
            task,
            support[0],
            (q, sum) -> {
              addPrior(sum);
              addTrees(alone, viewed, q, sum);
            });
    all[at] =
        scored(
            task,
            support[0],
            (q, sum) -> {
              views.addAnswer(viewed, view(q), sum);
              addTrees(correcting, viewed, q, sum);
            });
    return all;
  }

  /** What adds to the scores of a query row. */
  private interface Scorer {
    void add(int query, double[] sum);
  }

  private int view(int query) {
    return query * shape.viewLength();
  }

  private void addChange(float[] viewed, int query, double[] sum) {
    changes.addAnswer(viewed, view(query) + shape.columns(), sum);
  }

  private void addTrees(Forest forest, float[] viewed, int query, double[] sum) {
    if (shape.scores() == sum.length) {
      forest.addAnswer(viewed, view(query), sum);
    } else {
      double[] second = new double[1];
      forest.addAnswer(viewed, view(query), second);
      sum[1] += second[0];
    }
  }

  /** Where trees of classes begin. */
  private void addPrior(double[] sum) {
    if (shape.classes()) {
      for (int c = 0; c < sum.length; c++) {
        sum[c] += logPrior(scale, c);
      }
    }
  }

  static double logPrior(TableScale scale, int output) {
    return Math.log(Math.max(LEAST_SHARE, scale.labelMean()[output]));
  }

  private double[][] scored(Rows task, double[][] level, Scorer scorer) {
    return shape.classes() ? probabilities(task, scorer) : numbers(task, level, scorer);
  }

  /** Scores through a softmax; before anything was learned, the support's shares. */
  private double[][] probabilities(Rows task, Scorer scorer) {
    double[][] answers = new double[task.query().length][shape.outputs()];
    for (int q = 0; q < answers.length; q++) {
      scorer.add(q, answers[q]);
      Vectors.softmax(answers[q], FLOOR);
    }
    return answers;
  }

  /** The support's mean and what is added to it, within the labels that were ever seen. */
  private double[][] numbers(Rows task, double[][] level, Scorer scorer) {
    double[][] answers = new double[task.query().length][];
    for (int q = 0; q < answers.length; q++) {
      answers[q] = level[q].clone();
      scorer.add(q, answers[q]);
      for (int c = 0; trained() && c < answers[q].length; c++) {
        answers[q][c] = within(answers[q][c]);
      }
    }
    return answers;
  }

  double within(double label) {
    return Math.max(scale.least(), Math.min(scale.largest(), label));
  }

  /** The experts' answers as one. */
  public double[][] pooled(double[][][] answers) {
    double[] trust = new double[weights.length];
    for (int e = 0; e < trust.length; e++) {
      trust[e] = weights[e];
    }
    return shape.pool().combine(answers, trust);
  }

  /** Of numbers, those of the stream; probabilities as they are. */
  public double[][] inStreamUnits(Question question, double[][] answers) {
    if (shape.classes()) {
      return answers;
    }
    double[][] numbers = new double[answers.length][shape.outputs()];
    for (int q = 0; q < numbers.length; q++) {
      for (int c = 0; c < numbers[q].length; c++) {
        numbers[q][c] = question.scale().number(c, answers[q][c]);
      }
    }
    return numbers;
  }
}
