package io.engram.core.tables;

import io.engram.core.baseline.Rows;
import io.engram.core.task.ExampleSet;
import io.engram.core.trees.Booster;
import io.engram.core.trees.Forest;
import java.util.Arrays;

/** Fits a model to tasks, from nothing: the same tasks in the same order under the same seed give the same model, to the bit. */
public final class TableFit {

  private final TableShape shape;
  private final Views views;

  public TableFit(TableShape shape) {
    this.shape = shape;
    this.views = new Views(shape);
  }

  /**
   * What a model learns from one task: views of its query rows through its support set, and of its support rows through the others.
   *
   * @param views [examples × length of a view]
   * @param labels [examples × outputs] in deviations, or a 1 at each row's class
   */
  @SuppressWarnings("ArrayRecordComponent") // rows of a table, never compared
  public record Lesson(float[] views, float[] labels) {}

  /** What rows and labels of tasks are measured by. */
  public TableScale scale(Iterable<ExampleSet> sets, int tasks) {
    int rows = 0;
    for (ExampleSet set : sets) {
      rows += set.size();
    }
    float[] inputs = new float[rows * shape.columns()];
    float[] labels = new float[rows * shape.outputs()];
    int at = 0;
    for (ExampleSet set : sets) {
      System.arraycopy(set.inputs(), 0, inputs, at * shape.columns(), set.inputs().length);
      float[] some = Question.flatLabels(shape, set.targets());
      System.arraycopy(some, 0, labels, at * shape.outputs(), some.length);
      at += set.size();
    }
    return TableScale.of(shape, tasks, inputs, labels);
  }

  /** A task as the model learns from it, measured by a scale; nothing where its labels lie too far off. */
  public Lesson lesson(TableScale scale, ExampleSet support, ExampleSet query) {
    Question question = Question.of(shape, scale, support, query);
    if (question.wild(shape, support.targets(), query.targets())) {
      return new Lesson(new float[0], new float[0]);
    }
    Rows task = question.rows();
    int aside = task.support().length > 1 ? task.support().length : 0;
    int length = shape.viewLength();
    float[] seen = new float[(task.query().length + aside) * length];
    float[] labels = new float[(task.query().length + aside) * shape.outputs()];
    put(views.of(task, views.supportAnswers(task)), seen, 0);
    put(Question.labels(shape, scale, query.targets()), labels, 0);
    for (int i = 0; i < aside; i++) {
      Rows others = task.without(i);
      int at = task.query().length + i;
      put(views.of(others, views.supportAnswers(others)), seen, at * length);
      put(new double[][] {task.labels()[i]}, labels, at * shape.outputs());
    }
    return new Lesson(seen, labels);
  }

  private static void put(float[] from, float[] to, int at) {
    System.arraycopy(from, 0, to, at, from.length);
  }

  private static void put(double[][] from, float[] to, int at) {
    int next = at;
    for (double[] row : from) {
      for (double value : row) {
        to[next++] = (float) value;
      }
    }
  }

  /**
   * A model of lessons, with the trust that {@code before} has in its experts.
   *
   * @param scale that all the lessons are measured by
   */
  public TableModel fit(TableModel before, TableScale scale, Iterable<Lesson> lessons, long seed) {
    int rows = 0;
    for (Lesson lesson : lessons) {
      rows += lesson.labels().length / shape.outputs();
    }
    float[] table = new float[rows * shape.viewLength()];
    float[] labels = new float[rows * shape.outputs()];
    int at = 0;
    for (Lesson lesson : lessons) {
      put(lesson.views(), table, at * shape.viewLength());
      put(lesson.labels(), labels, at * shape.outputs());
      at += lesson.labels().length / shape.outputs();
    }
    return shape.classes()
        ? classes(before, scale, table, labels, seed)
        : numbers(before, scale.reaching(labels), table, labels, seed);
  }

  private TableModel numbers(
      TableModel before, TableScale scale, float[] table, float[] labels, long seed) {
    int length = shape.viewLength();
    int outputs = shape.outputs();
    float[] relative = labels.clone();
    for (int i = 0; i < relative.length; i++) {
      relative[i] -= table[i / outputs * length + views.levelAt(i % outputs)];
    }
    LinearModel linear = new LinearFit(table, length, 0, length).numbers(relative, outputs);
    float[] none = new float[relative.length];
    Fitted fitted =
        new Fitted(
            new LinearFit(table, length, 0, shape.columns()).numbers(labels, outputs),
            new LinearFit(table, length, shape.columns(), shape.columns())
                .numbers(relative, outputs),
            linear,
            new Booster(shape.alone(), seed).numbers(table, length, relative, none, outputs),
            new Booster(shape.correcting(), seed)
                .numbers(table, length, relative, answers(linear, table), outputs));
    return refitted(before, scale, fitted);
  }

  private TableModel classes(
      TableModel before, TableScale scale, float[] table, float[] labels, long seed) {
    int length = shape.viewLength();
    int classes = shape.outputs();
    float[] prior = new float[labels.length];
    for (int i = 0; i < prior.length; i++) {
      prior[i] = (float) TableModel.logPrior(scale, i % classes);
    }
    LinearModel linear =
        new LinearFit(table, length, 0, length).classes(labels, classes, before.fitted().views());
    Forest alone = new Booster(shape.alone(), seed).classes(table, length, labels, prior, classes);
    Fitted fitted =
        new Fitted(
            new LinearFit(table, length, 0, shape.columns())
                .classes(labels, classes, before.fitted().rows()),
            LinearModel.zero(0, 0),
            linear,
            alone,
            new Booster(shape.correcting(), seed)
                .classes(table, length, labels, answers(linear, table), classes));
    return refitted(before, scale, fitted);
  }

  private TableModel refitted(TableModel before, TableScale scale, Fitted fitted) {
    return new TableModel(shape, scale, fitted, before.weights(), before.width(), before.lately());
  }

  private float[] answers(LinearModel linear, float[] table) {
    int rows = table.length / shape.viewLength();
    float[] answers = new float[rows * shape.outputs()];
    double[] answer = new double[shape.outputs()];
    for (int i = 0; i < rows; i++) {
      Arrays.fill(answer, 0);
      linear.addAnswer(table, i * shape.viewLength(), answer);
      for (int c = 0; c < answer.length; c++) {
        answers[i * answer.length + c] = (float) answer[c];
      }
    }
    return answers;
  }
}
