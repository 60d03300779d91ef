package io.engram.core.tables;

import io.engram.core.baseline.Rows;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;

/**
 * A task as a model sees it.
 *
 * @param rows standardised inputs, and labels in deviations or a 1 at each row's class
 * @param scale what they are measured by
 */
public record Question(Rows rows, TableScale scale) {

  /** A task, measured by what the model knows; where it knows nothing, by the support set itself. */
  static Question of(TableShape shape, TableScale known, ExampleSet support, ExampleSet query) {
    TableScale scale =
        known.known()
            ? known
            : TableScale.of(shape, 0, support.inputs(), flatLabels(shape, support.targets()));
    double[] prior = new double[shape.outputs()];
    for (int c = 0; c < prior.length; c++) {
      prior[c] = shape.classes() ? scale.labelMean()[c] : 0;
    }
    return new Question(
        new Rows(
            inputs(scale, support),
            labels(shape, scale, support.targets()),
            inputs(scale, query),
            prior),
        scale);
  }

  private static double[][] inputs(TableScale scale, ExampleSet set) {
    double[][] rows = new double[set.size()][set.inputSize()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = scale.input(j, set.inputs()[i * rows[i].length + j]);
      }
    }
    return rows;
  }

  /** [rows × outputs] as experts take labels. */
  static double[][] labels(TableShape shape, TableScale scale, Targets targets) {
    float[] flat = flatLabels(shape, targets);
    double[][] labels = new double[targets.size()][shape.outputs()];
    for (int i = 0; i < flat.length; i++) {
      int c = i % shape.outputs();
      labels[i / shape.outputs()][c] = shape.classes() ? flat[i] : scale.label(c, flat[i]);
    }
    return labels;
  }

  /**
   * [rows × outputs] in the units of the stream, or a 1 at each row's class.
   *
   * @throws IllegalArgumentException if the targets are not of this shape
   */
  static float[] flatLabels(TableShape shape, Targets targets) {
    if (targets instanceof Targets.Values values && !shape.classes()) {
      if (values.width() != shape.outputs()) {
        throw new IllegalArgumentException(
            "labels have %d numbers, the model predicts %d"
                .formatted(values.width(), shape.outputs()));
      }
      return values.values();
    }
    if (targets instanceof Targets.Classes classes && shape.classes()) {
      float[] flat = new float[classes.size() * shape.outputs()];
      for (int i = 0; i < classes.size(); i++) {
        flat[i * shape.outputs() + classes.classes()[i]] = 1;
      }
      return flat;
    }
    throw new IllegalArgumentException(
        "the model predicts %s".formatted(shape.classes() ? "classes" : "numbers"));
  }

  /** Whether a label of the support set or of these lies so far off that nothing is to be learned from the task. */
  public boolean wild(TableShape shape, Targets support, Targets query) {
    return !shape.classes()
        && (scale.wild(flatLabels(shape, support)) || scale.wild(flatLabels(shape, query)));
  }

  /** The labels of other examples, in the same units. */
  public double[][] labels(TableShape shape, Targets targets) {
    return labels(shape, scale, targets);
  }

  /** The task with everything measured, for who needs an episode. */
  public Episode measured(Targets support, Targets query) {
    return new Episode(measured(rows.support(), support), measured(rows.query(), query), 0);
  }

  private ExampleSet measured(double[][] inputs, Targets targets) {
    float[] flat = new float[inputs.length * rows.columns()];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) inputs[i / rows.columns()][i % rows.columns()];
    }
    Targets measured = targets;
    if (targets instanceof Targets.Values values) {
      float[] labels = new float[values.values().length];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = (float) scale.label(i % values.width(), values.values()[i]);
      }
      measured = new Targets.Values(values.width(), labels);
    }
    return new ExampleSet(rows.columns(), flat, measured);
  }
}
