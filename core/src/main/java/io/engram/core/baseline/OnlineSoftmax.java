package io.engram.core.baseline;

import io.engram.core.algebra.Cholesky;
import io.engram.core.algebra.Vectors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Softmax regression on the rows of all tasks so far, one Newton step a task with the curvature of all tasks: steps shrink as evidence
 * grows, without a rate to choose.
 */
final class OnlineSoftmax implements Expert {

  private static final double FLOOR = 1e-3;

  /** Confident answers have next to no curvature; without a floor the first wrong one would throw the weights far. */
  private static final double LEAST_CURVATURE = 0.05;

  private final String name;
  private final Design design;
  private double @Nullable [][] weights;
  private double[][][] curvature = new double[0][][];

  OnlineSoftmax(String name, Design design) {
    this.name = name;
    this.design = design;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public double[][] answer(Rows rows) {
    double[][] answers = new double[rows.query().length][];
    if (weights == null) {
      Arrays.fill(answers, new RecencyMean("shares", 1, rows.width()).mean(rows));
      return answers;
    }
    Design.Context context = design.context(rows);
    for (int q = 0; q < answers.length; q++) {
      answers[q] = probabilities(weights, withOne(design.inputs(context, rows.query()[q])));
    }
    return answers;
  }

  @Override
  public void learn(Rows rows, double[][] labels) {
    int size = design.size(rows.columns(), rows.width()) + 1;
    double[][] current = weights == null ? start(size, rows.width()) : weights;
    double[][] gradient = new double[rows.width()][size];
    Design.Context context = design.context(rows);
    if (design == Design.ROW) {
      for (int i = 0; i < rows.support().length; i++) {
        see(current, withOne(rows.support()[i]), rows.labels()[i], gradient);
      }
    }
    for (int q = 0; q < labels.length; q++) {
      see(current, withOne(design.inputs(context, rows.query()[q])), labels[q], gradient);
    }
    // Classes are treated as if each could move alone, which for two is twice the right step.
    double step = (rows.width() - 1.0) / rows.width();
    double[][] next = new double[rows.width()][];
    for (int c = 0; c < next.length; c++) {
      next[c] = new Cholesky(curvature[c], 0).solve(gradient[c]);
      for (int i = 0; i < size; i++) {
        next[c][i] = current[c][i] + step * next[c][i];
      }
    }
    weights = next;
  }

  /** Weights of 0, under a prior by which the inputs together move a score by about 2. */
  private double[][] start(int size, int width) {
    curvature = new double[width][size][];
    for (double[][] ofClass : curvature) {
      for (int i = 0; i < size; i++) {
        ofClass[i] = new double[i + 1];
        ofClass[i][i] = i == size - 1 ? 0.25 : Math.max(1, size / 4.0);
      }
    }
    return new double[width][size];
  }

  private void see(double[][] current, double[] inputs, double[] label, double[][] gradient) {
    double[] p = probabilities(current, inputs);
    for (int c = 0; c < p.length; c++) {
      double weight = Math.max(LEAST_CURVATURE, p[c] * (1 - p[c]));
      for (int i = 0; i < inputs.length; i++) {
        gradient[c][i] += (label[c] - p[c]) * inputs[i];
        double factor = weight * inputs[i];
        double[] row = curvature[c][i];
        for (int j = 0; j <= i; j++) {
          row[j] += factor * inputs[j];
        }
      }
    }
  }

  private static double[] probabilities(double[][] weights, double[] inputs) {
    double[] scores = new double[weights.length];
    for (int c = 0; c < scores.length; c++) {
      scores[c] = Vectors.dot(weights[c], inputs);
    }
    Vectors.softmax(scores, FLOOR);
    return scores;
  }

  private static double[] withOne(double[] inputs) {
    double[] extended = Arrays.copyOf(inputs, inputs.length + 1);
    extended[inputs.length] = 1;
    return extended;
  }
}
