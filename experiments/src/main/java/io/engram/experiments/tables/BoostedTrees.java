package io.engram.experiments.tables;

import io.engram.core.baseline.Expert;
import io.engram.core.baseline.Rows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/** XGBoost's trees on the rows of all tasks so far, grown from nothing every few tasks; until the first time, the support's mean. */
final class BoostedTrees implements Expert, AutoCloseable {

  private static final int ROUNDS = 100;

  private final String name;
  private final TreeInputs inputs;
  private final boolean classes;
  private final int every;
  private float[] seen = new float[0];
  private float[] targets = new float[0];
  private int rowsSeen;
  private int tasks;
  private @Nullable Booster booster;

  /**
   * Nothing learned yet.
   *
   * @param every how many tasks after which the trees are grown again
   */
  BoostedTrees(String name, TreeInputs inputs, boolean classes, int every) {
    this.name = name;
    this.inputs = inputs;
    this.classes = classes;
    this.every = every;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double[][] answer(Rows rows) {
    double[] mean = inputs.mean(rows);
    double[][] answers = new double[rows.query().length][];
    if (booster == null) {
      Arrays.fill(answers, mean);
      return answers;
    }
    float[] asked = inputs.of(rows, rows.query());
    try {
      DMatrix matrix = new DMatrix(asked, answers.length, asked.length / answers.length, Float.NaN);
      float[][] predicted = booster.predict(matrix);
      matrix.dispose();
      double level = inputs.level(rows, classes);
      for (int q = 0; q < answers.length; q++) {
        answers[q] = new double[rows.width()];
        for (int c = 0; c < answers[q].length; c++) {
          answers[q][c] = predicted[q][c] + level;
        }
      }
      return answers;
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost could not predict", e);
    }
  }

  @Override
  public void learn(Rows rows, double[][] labels) {
    if (inputs == TreeInputs.ROW) {
      keep(inputs.of(rows, rows.support()), rows.labels(), 0);
    }
    keep(inputs.of(rows, rows.query()), labels, inputs.level(rows, classes));
    tasks++;
    if (tasks % every == 0) {
      grow(inputs.columns(rows), rows.width());
    }
  }

  private void keep(float[] rows, double[][] labels, double level) {
    int columns = rows.length / labels.length;
    int needed = (rowsSeen + labels.length) * columns;
    if (needed > seen.length) {
      seen = Arrays.copyOf(seen, 2 * needed);
      targets = Arrays.copyOf(targets, 2 * (rowsSeen + labels.length));
    }
    System.arraycopy(rows, 0, seen, rowsSeen * columns, rows.length);
    for (double[] label : labels) {
      targets[rowsSeen++] = target(label, level);
    }
  }

  /** A number relative to the level, or the index of the class. */
  private float target(double[] label, double level) {
    if (!classes) {
      return (float) (label[0] - level);
    }
    int index = 0;
    while (label[index] == 0) {
      index++;
    }
    return index;
  }

  private void grow(int columns, int width) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("eta", 0.1);
    settings.put("max_depth", 4);
    settings.put("min_child_weight", classes ? 1 : 5);
    settings.put("tree_method", "hist");
    settings.put("max_bin", 64);
    settings.put("nthread", 1);
    settings.put("verbosity", 0);
    settings.put("objective", classes ? "multi:softprob" : "reg:squarederror");
    if (classes) {
      settings.put("num_class", width);
    }
    try {
      DMatrix matrix =
          new DMatrix(Arrays.copyOf(seen, rowsSeen * columns), rowsSeen, columns, Float.NaN);
      matrix.setLabel(Arrays.copyOf(targets, rowsSeen));
      close();
      booster = XGBoost.train(matrix, settings, ROUNDS, Map.of(), null, null);
      matrix.dispose();
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost could not grow trees", e);
    }
  }

  @Override
  public void close() {
    if (booster != null) {
      booster.dispose();
      booster = null;
    }
  }
}
