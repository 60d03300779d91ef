package io.engram.core.baseline;

import io.engram.core.algebra.Cholesky;
import io.engram.core.algebra.Vectors;
import java.util.Arrays;
import java.util.List;

/**
 * Ridge regression on the support set alone, in its dual form: ten rows and many columns cost a 10 × 10 system. Rows and labels are
 * centred on the support, so that a large penalty answers the mean. The penalty is the one of the smallest leave-one-out error.
 *
 * @param penalties to choose from, each above 0, for kernel values that are means over columns
 */
record SupportRidge(String name, List<Double> penalties) implements Expert {

  SupportRidge {
    if (penalties.isEmpty()) {
      throw new IllegalArgumentException("a ridge needs a penalty");
    }
    penalties = List.copyOf(penalties);
  }

  @Override
  public double[][] answer(Rows rows) {
    int n = rows.support().length;
    double[] centre = Vectors.mean(rows.support());
    double[] level = Vectors.mean(rows.labels());
    double[][] x = centred(rows.support(), centre);
    double[][] y = centred(rows.labels(), level);
    double[][] kernel = kernel(x);
    Cholesky chosen = choose(kernel, y);
    double[][] dual = new double[level.length][];
    for (int c = 0; c < level.length; c++) {
      dual[c] = chosen.solve(column(y, c));
    }
    double[][] answers = new double[rows.query().length][level.length];
    for (int q = 0; q < answers.length; q++) {
      double[] query = Vectors.minus(rows.query()[q], centre);
      for (int c = 0; c < level.length; c++) {
        double sum = level[c];
        for (int i = 0; i < n; i++) {
          sum += dual[c][i] * Vectors.dot(query, x[i]) / rows.columns();
        }
        answers[q][c] = sum;
      }
    }
    return answers;
  }

  private Cholesky choose(double[][] kernel, double[][] y) {
    Cholesky best = new Cholesky(kernel, penalties.get(0));
    double least = Double.POSITIVE_INFINITY;
    for (double penalty : penalties) {
      Cholesky other = new Cholesky(kernel, penalty);
      double error = leaveOneOutError(other, y);
      if (error < least) {
        least = error;
        best = other;
      }
    }
    return best;
  }

  /**
   * Sum of squares of what each row would be missed by, had it not been there, without refitting: with {@code K = XXᵀ + penalty},
   * centred, the residual left out is the dual weight over the diagonal of the inverse. That of the intercept, which is not penalised,
   * comes in by the inverse of K bordered with ones.
   */
  static double leaveOneOutError(Cholesky decomposed, double[][] y) {
    int n = y.length;
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    double[] towardsOnes = decomposed.solve(ones);
    double all = Vectors.dot(ones, towardsOnes);
    double error = 0;
    for (int c = 0; c < y[0].length; c++) {
      double[] label = column(y, c);
      double[] dual = decomposed.solve(label);
      double intercept = Vectors.dot(towardsOnes, label) / all;
      for (int i = 0; i < n; i++) {
        double[] unit = new double[n];
        unit[i] = 1;
        double diagonal = decomposed.solve(unit)[i] - towardsOnes[i] * towardsOnes[i] / all;
        double residual = (dual[i] - intercept * towardsOnes[i]) / diagonal;
        error += residual * residual;
      }
    }
    return error;
  }

  /** Kernel values are means over columns, so that a penalty means the same for few and many. */
  static double[][] kernel(double[][] x) {
    double[][] kernel = new double[x.length][x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j <= i; j++) {
        kernel[i][j] = Vectors.dot(x[i], x[j]) / x[i].length;
        kernel[j][i] = kernel[i][j];
      }
    }
    return kernel;
  }

  static double[][] centred(double[][] rows, double[] centre) {
    double[][] centred = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      centred[i] = Vectors.minus(rows[i], centre);
    }
    return centred;
  }

  private static double[] column(double[][] rows, int column) {
    double[] values = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      values[i] = rows[i][column];
    }
    return values;
  }
}
