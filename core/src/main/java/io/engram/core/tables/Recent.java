package io.engram.core.tables;

import io.engram.core.algebra.Cholesky;
import io.engram.core.tables.Corrections.Of;
import java.nio.DoubleBuffer;

/**
 * Learns {@link Corrections}: least squares on the errors of answers as they were given, in which a task counts a fifth less with each that
 * comes after it, so some five tasks count. Its penalty is ten rows' worth: where errors follow nothing, corrections stay near nothing. An error
 * counts for three deviations at most. Owned by one thread.
 */
public final class Recent {

  private static final double KEPT = 0.8;
  private static final double PENALTY = 10;

  private final TableShape shape;
  private final int inputs;
  private final double[][] curvature;
  private final double[][] pulls;

  /** No errors yet. */
  public Recent(TableShape shape) {
    this.shape = shape;
    this.inputs = Corrections.inputs(shape);
    curvature = new double[inputs + 1][];
    for (int i = 0; i <= inputs; i++) {
      curvature[i] = new double[i + 1];
    }
    pulls = new double[Of.values().length * shape.outputs()][inputs + 1];
  }

  /** Numbers that {@link #save()} hands out. */
  public static int savedLength(TableShape shape) {
    int size = Corrections.inputs(shape) + 1;
    return size * (size + 1) / 2 + Of.values().length * shape.outputs() * size;
  }

  /** All that it knows. */
  public double[] save() {
    DoubleBuffer out = DoubleBuffer.allocate(savedLength(shape));
    for (double[] row : curvature) {
      out.put(row);
    }
    for (double[] pull : pulls) {
      out.put(pull);
    }
    return out.array();
  }

  /** Takes up what another of this shape knew. */
  public void restore(double[] saved) {
    DoubleBuffer in = DoubleBuffer.wrap(saved);
    for (double[] row : curvature) {
      in.get(row);
    }
    for (double[] pull : pulls) {
      in.get(pull);
    }
  }

  /**
   * Learns from a task that was answered.
   *
   * @param experts [experts × queries × outputs] in deviations or probabilities
   * @param labels [queries × outputs] the truth, likewise
   */
  public void learn(Question question, double[][][] experts, double[][] labels) {
    forget();
    double[] row = new double[inputs + 1];
    row[inputs] = 1;
    for (int q = 0; q < labels.length; q++) {
      System.arraycopy(question.rows().query()[q], 0, row, 0, inputs);
      for (int i = 0; i <= inputs; i++) {
        for (int j = 0; j <= i; j++) {
          curvature[i][j] += row[i] * row[j];
        }
      }
      for (Of expert : Of.values()) {
        double[] answer = experts[shape.corrected(expert)][q];
        for (int c = 0; c < answer.length; c++) {
          double missed = Corrections.within(labels[q][c] - answer[c]);
          double[] pull = pulls[expert.place * answer.length + c];
          for (int j = 0; j <= inputs; j++) {
            pull[j] += row[j] * missed;
          }
        }
      }
    }
  }

  private void forget() {
    for (double[] row : curvature) {
      scale(row);
    }
    for (double[] pull : pulls) {
      scale(pull);
    }
  }

  private static void scale(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= KEPT;
    }
  }

  /** Takes what it knows to another measure of columns and labels; where the one before is unknown, nothing was learned in it. */
  public void measure(TableScale before, TableScale after) {
    if (!before.known()) {
      return;
    }
    double[] stretch = new double[inputs + 1];
    double[] shift = new double[inputs + 1];
    stretch[inputs] = 1;
    for (int j = 0; j < inputs; j++) {
      float unit = after.deviation()[j];
      if (unit > 0) {
        stretch[j] = before.deviation()[j] / unit;
        shift[j] = (before.mean()[j] - after.mean()[j]) / unit;
      }
    }
    double[] ones = curvature[inputs].clone();
    for (int i = inputs; i >= 0; i--) {
      for (int j = 0; j <= i; j++) {
        curvature[i][j] =
            stretch[i] * stretch[j] * curvature[i][j]
                + stretch[i] * shift[j] * ones[i]
                + shift[i] * stretch[j] * ones[j]
                + shift[i] * shift[j] * ones[inputs];
      }
    }
    for (int p = 0; p < pulls.length; p++) {
      int output = p % shape.outputs();
      double unit = before.labelDeviation()[output] / after.labelDeviation()[output];
      for (int j = 0; j <= inputs; j++) {
        pulls[p][j] = unit * (stretch[j] * pulls[p][j] + shift[j] * pulls[p][inputs]);
      }
    }
  }

  /** What is to be added to answers from now on. */
  Corrections corrections() {
    Corrections found = Corrections.none(shape);
    Cholesky decomposed = new Cholesky(curvature, PENALTY);
    int at = 0;
    for (double[] pull : pulls) {
      for (double coefficient : decomposed.solve(pull)) {
        found.flat()[at++] = (float) coefficient;
      }
    }
    return found;
  }
}
