package io.engram.core.baseline;

import io.engram.core.algebra.Vectors;

/**
 * Softmax regression on the support set alone, in its dual form, as a correction of another expert's log-probabilities: a large penalty
 * answers what that expert does.
 *
 * @param penalty on dual weights, above 0, for kernel values that are means over columns
 */
record SupportSoftmax(String name, Expert base, double penalty) implements Expert {

  private static final int STEPS = 60;
  private static final double FLOOR = 1e-3;

  @Override
  public double[][] answer(Rows rows) {
    double[] centre = Vectors.mean(rows.support());
    double[][] x = SupportRidge.centred(rows.support(), centre);
    double[][] dual = fit(x, rows.labels(), base.answer(rows.askingSupport()));
    double[][] offsets = base.answer(rows);
    double[][] answers = new double[offsets.length][];
    for (int q = 0; q < answers.length; q++) {
      double[] query = Vectors.minus(rows.query()[q], centre);
      double[] scores = logarithms(offsets[q]);
      for (int i = 0; i < x.length; i++) {
        double kernel = 1 + Vectors.dot(query, x[i]) / query.length;
        for (int c = 0; c < scores.length; c++) {
          scores[c] += kernel * dual[i][c];
        }
      }
      Vectors.softmax(scores, FLOOR);
      answers[q] = scores;
    }
    return answers;
  }

  /** Gradient descent in the space of functions; the step is safe because half the kernel's trace bounds the curvature. */
  private double[][] fit(double[][] x, double[][] labels, double[][] offsets) {
    int n = x.length;
    double[][] kernel = SupportRidge.kernel(x);
    double trace = n;
    for (int i = 0; i < n; i++) {
      trace += kernel[i][i];
    }
    double step = 1 / (penalty + trace / 2);
    double[][] start = new double[n][];
    for (int i = 0; i < n; i++) {
      start[i] = logarithms(offsets[i]);
    }
    double[][] dual = new double[n][labels[0].length];
    for (int s = 0; s < STEPS; s++) {
      double[][] next = new double[n][];
      for (int i = 0; i < n; i++) {
        double[] p = start[i].clone();
        for (int j = 0; j < n; j++) {
          for (int c = 0; c < p.length; c++) {
            p[c] += (1 + kernel[i][j]) * dual[j][c];
          }
        }
        Vectors.softmax(p, 0);
        for (int c = 0; c < p.length; c++) {
          p[c] = dual[i][c] - step * (p[c] - labels[i][c] + penalty * dual[i][c]);
        }
        next[i] = p;
      }
      dual = next;
    }
    return dual;
  }

  private static double[] logarithms(double[] probabilities) {
    double[] logarithms = new double[probabilities.length];
    for (int c = 0; c < logarithms.length; c++) {
      logarithms[c] = Math.log(Math.max(FLOOR, probabilities[c]));
    }
    return logarithms;
  }
}
