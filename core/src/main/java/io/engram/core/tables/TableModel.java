package io.engram.core.tables;

import io.engram.core.algebra.Vectors;
import io.engram.core.baseline.Expert;
import io.engram.core.baseline.Rows;
import io.engram.core.baseline.SupportExperts;
import io.engram.core.task.ExampleSet;
import io.engram.core.trees.Forest;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What is known of tasks on a table. It answers by a pool of experts: those fitted on the support set, a linear model of all rows, the same
 * adapted, one of differences, one of {@link Views}, trees on views, trees that correct it, and two of these less their errors of late. Immutable.
 *
 * @param fitted linear models and trees
 * @param weights of the experts, in the order of {@link TableShape#experts()}
 * @param width of intervals about answers; of numbers alone
 * @param lately what experts got wrong of late
 */
@SuppressWarnings("ArrayRecordComponent") // parts of one tensor, never compared
public record TableModel(
    TableShape shape,
    TableScale scale,
    Fitted fitted,
    float[] weights,
    Width width,
    Corrections lately) {

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
        Fitted.nothing(shape),
        weights,
        Width.UNKNOWN,
        Corrections.none(shape));
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
    Fitted fitted = Fitted.read(shape, in);
    float[] weights = new float[shape.experts().size()];
    in.get(weights);
    return new TableModel(
        shape, scale, fitted, weights, Width.read(in), Corrections.read(shape, in));
  }

  /** All of it, [{@link TableShape#modelLength()}]; fresh. */
  public float[] flat() {
    float[] flat = new float[shape.modelLength()];
    FloatBuffer out = FloatBuffer.wrap(flat);
    scale.write(out);
    fitted.write(out);
    out.put(weights);
    width.write(out);
    out.put(lately.flat());
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
    return new TableModel(shape, scale, fitted, trust, width, lately);
  }

  /** The same measured by another scale. */
  public TableModel measuredBy(TableScale other) {
    return new TableModel(shape, other, fitted, weights, width, lately);
  }

  /** The same with other intervals. */
  public TableModel doubting(Doubt doubt) {
    return new TableModel(shape, scale, fitted, weights, doubt.width(), lately);
  }

  /** The same with experts' errors of late corrected, which are in this model's measure. */
  public TableModel correcting(Recent errors) {
    return new TableModel(shape, scale, fitted, weights, width, errors.corrections());
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
    return width.halves(
        Signs.of(question.rows(), experts), level, question.scale().labelDeviation());
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

  /**
   * Answers for a row of a task that nothing is known of: every expert of a support set is silent, and the linear model of all rows speaks alone.
   *
   * @param row [columns] in the units of the stream
   * @return [outputs] numbers in the units of the stream, or a probability for each class
   * @throws IllegalStateException if nothing was learned yet
   */
  public double[] answerAlone(float[] row) {
    if (!trained()) {
      throw new IllegalStateException("a model that has learned nothing has no answer of its own");
    }
    double[] query = new double[row.length];
    Arrays.setAll(query, j -> scale.input(j, row[j]));
    double[] answer = new Everywhere("", this).answer(query);
    if (!shape.classes()) {
      Arrays.setAll(answer, c -> scale.number(c, answer[c]));
    }
    return answer;
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
    all[at++] =
        scored(task, support[0], (q, sum) -> fitted.views().addAnswer(viewed, view(q), sum));
    all[at++] =
        scored(
            task,
            support[0],
            (q, sum) -> {
              addPrior(sum);
              addTrees(fitted.alone(), viewed, q, sum);
            });
    all[at++] =
        scored(
            task,
            support[0],
            (q, sum) -> {
              fitted.views().addAnswer(viewed, view(q), sum);
              addTrees(fitted.correcting(), viewed, q, sum);
            });
    for (Corrections.Of expert : Corrections.Of.values()) {
      all[at++] = corrected(task, expert, all[shape.corrected(expert)]);
    }
    return all;
  }

  private double[][] corrected(Rows task, Corrections.Of expert, double[][] before) {
    double[][] answers = new double[before.length][];
    for (int q = 0; q < answers.length; q++) {
      answers[q] = before[q].clone();
      lately.addTo(expert, task.query()[q], answers[q]);
      if (shape.classes()) {
        Vectors.shares(answers[q], FLOOR);
      }
    }
    return answers;
  }

  /** What adds to the scores of a query row. */
  private interface Scorer {
    void add(int query, double[] sum);
  }

  private int view(int query) {
    return query * shape.viewLength();
  }

  private void addChange(float[] viewed, int query, double[] sum) {
    fitted.changes().addAnswer(viewed, view(query) + shape.columns(), sum);
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
    Arrays.setAll(trust, e -> weights[e]);
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
