package io.engram.core.tables;

import io.engram.core.algebra.Cholesky;
import io.engram.core.algebra.Vectors;
import java.util.stream.IntStream;

/** Fits linear models: of numbers by ridge regression, of classes by softmax regression from where it was before. */
final class LinearFit {

  private static final int STEPS = 12;

  /** The score of a class that was never seen. */
  private static final float NEVER = -12;

  private static final int ROWS = 8000;

  private final float[] table;
  private final int stride;
  private final int from;
  private final int inputs;
  private final int[] rows;
  private final Columns columns;

  /** Inputs that vary: the others cost nothing and get no weight. */
  private final int[] varying;

  private final int used;

  /**
   * A fit on some columns of a table.
   *
   * @param table [rows × stride]
   * @param from first column
   * @param inputs columns to look at; of more than {@link TableShape#WIDEST} the others get no weight
   */
  LinearFit(float[] table, int stride, int from, int inputs) {
    this.table = table;
    this.stride = stride;
    this.from = from;
    this.inputs = inputs;
    int all = table.length / stride;
    int every = Math.max(1, (all + ROWS - 1) / ROWS);
    rows = new int[(all + every - 1) / every];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i * every;
    }
    int looked = Math.min(inputs, TableShape.WIDEST);
    float[] part = new float[rows.length * looked];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(table, rows[i] * stride + from, part, i * looked, looked);
    }
    columns = Columns.of(part, looked);
    varying = IntStream.range(0, looked).filter(j -> columns.deviation()[j] > 0).toArray();
    used = varying.length;
  }

  /**
   * A ridge regression, its penalty one row's worth for each input.
   *
   * @param targets [rows × outputs]
   */
  LinearModel numbers(float[] targets, int outputs) {
    LinearModel model = measured(outputs);
    double[][] curvature = new double[used + 1][used + 1];
    double[][] right = new double[outputs][used + 1];
    double[] x = new double[used + 1];
    for (int row : rows) {
      read(model, row, x);
      addCurvature(curvature, x);
      for (int c = 0; c < outputs; c++) {
        addScaled(right[c], x, targets[row * outputs + c]);
      }
    }
    penalise(curvature, used);
    Cholesky decomposed = new Cholesky(curvature, 1e-6);
    for (int c = 0; c < outputs; c++) {
      put(model, c, decomposed.solve(right[c]), 1);
    }
    return model;
  }

  /**
   * A softmax regression, by steps under a bound of the curvature that is the same for all classes and all weights (Böhning 1992): one
   * decomposition serves them all.
   *
   * @param targets [rows × classes] a 1 at each row's class
   * @param before where it starts from
   */
  LinearModel classes(float[] targets, int classes, LinearModel before) {
    LinearModel model = measured(classes);
    boolean[] seen = new boolean[classes];
    for (int i = 0; i < targets.length; i++) {
      seen[i % classes] |= targets[i] > 0;
    }
    System.arraycopy(before.flat(), 2 * inputs, model.flat(), 2 * inputs, classes * (inputs + 1));
    double[][] curvature = new double[used + 1][used + 1];
    double[] x = new double[used + 1];
    for (int row : rows) {
      read(model, row, x);
      addCurvature(curvature, x);
    }
    penalise(curvature, 2 * penalty());
    Cholesky decomposed = new Cholesky(curvature, 1e-6);
    for (int c = 0; c < classes; c++) {
      if (!seen[c]) {
        model.flat()[intercept(c)] = NEVER;
      } else if (model.flat()[intercept(c)] == NEVER) {
        model.flat()[intercept(c)] = 0;
      }
    }
    for (int step = 0; step < STEPS; step++) {
      double[][] slopes = slopes(model, targets, classes);
      for (int c = 0; c < classes; c++) {
        if (seen[c]) {
          put(model, c, decomposed.solve(slopes[c]), 2);
        }
      }
    }
    return model;
  }

  private double penalty() {
    return used / 8.0;
  }

  private double[][] slopes(LinearModel model, float[] targets, int classes) {
    double[][] slopes = new double[classes][used + 1];
    double[] x = new double[used + 1];
    double[] p = new double[classes];
    for (int row : rows) {
      read(model, row, x);
      for (int c = 0; c < classes; c++) {
        p[c] = model.flat()[intercept(c)];
        int at = 2 * inputs + c * (inputs + 1);
        for (int j = 0; j < used; j++) {
          p[c] += model.flat()[at + varying[j]] * x[j];
        }
      }
      Vectors.softmax(p, 0);
      for (int c = 0; c < classes; c++) {
        addScaled(slopes[c], x, targets[row * classes + c] - p[c]);
      }
    }
    for (int c = 0; c < classes; c++) {
      for (int j = 0; j < used; j++) {
        slopes[c][j] -= penalty() * model.coefficient(c, varying[j]);
      }
    }
    return slopes;
  }

  /** Means and deviations, coefficients of 0. */
  private LinearModel measured(int outputs) {
    LinearModel model = LinearModel.zero(inputs, outputs);
    System.arraycopy(columns.mean(), 0, model.flat(), 0, columns.mean().length);
    System.arraycopy(columns.deviation(), 0, model.flat(), inputs, columns.mean().length);
    return model;
  }

  private void read(LinearModel model, int row, double[] x) {
    for (int j = 0; j < used; j++) {
      x[j] = model.standardised(varying[j], table[row * stride + from + varying[j]]);
    }
    x[used] = 1;
  }

  private void addCurvature(double[][] curvature, double[] x) {
    for (int i = 0; i <= used; i++) {
      double factor = x[i];
      double[] line = curvature[i];
      for (int j = 0; j <= i; j++) {
        line[j] += factor * x[j];
      }
    }
  }

  private static void addScaled(double[] sum, double[] x, double factor) {
    for (int j = 0; j < x.length; j++) {
      sum[j] += factor * x[j];
    }
  }

  /** All but the intercept. */
  private void penalise(double[][] curvature, double penalty) {
    for (int j = 0; j < used; j++) {
      curvature[j][j] += penalty;
    }
  }

  private int intercept(int output) {
    return 2 * inputs + output * (inputs + 1) + inputs;
  }

  private void put(LinearModel model, int output, double[] solved, double part) {
    int at = 2 * inputs + output * (inputs + 1);
    for (int j = 0; j < used; j++) {
      model.flat()[at + varying[j]] += (float) (part * solved[j]);
    }
    model.flat()[intercept(output)] += (float) (part * solved[used]);
  }
}
