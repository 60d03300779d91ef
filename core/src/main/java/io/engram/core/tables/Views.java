package io.engram.core.tables;

import io.engram.core.algebra.Vectors;
import io.engram.core.baseline.Expert;
import io.engram.core.baseline.Rows;
import io.engram.core.baseline.SupportExperts;
import java.util.List;

/**
 * Rows seen through their support set. A view is the row; its difference from the support's mean row; for each output the support's mean
 * label and how far the recent mean, the last label, the nearest rows' mean, the soft neighbours and the support's own fit lie from
 * it, and of numbers their spread and trend; and how far the nearest support row is.
 */
final class Views {

  static final int OF_CLASS = 6;
  static final int OF_NUMBER = 8;

  private static final Expert NEAREST = SupportExperts.nearest();

  private final TableShape shape;
  private final List<Expert> experts;

  Views(TableShape shape) {
    this.shape = shape;
    this.experts = shape.supportExperts();
  }

  /** What the support experts answer, [experts × queries × outputs]. */
  double[][][] supportAnswers(Rows rows) {
    double[][][] answers = new double[experts.size()][][];
    for (int e = 0; e < answers.length; e++) {
      answers[e] = experts.get(e).answer(rows);
    }
    return answers;
  }

  /**
   * The view of each query row, row-major.
   *
   * @param answers of the support experts
   */
  float[] of(Rows rows, double[][][] answers) {
    int length = shape.viewLength();
    float[] views = new float[rows.query().length * length];
    double[] centre = Vectors.mean(rows.support());
    double[][] nearest = shape.classes() ? NEAREST.answer(rows) : answers[3];
    double[][] soft = answers[shape.classes() ? 3 : 4];
    double[][] fit = answers[shape.classes() ? 4 : 5];
    for (int q = 0; q < rows.query().length; q++) {
      double[] row = rows.query()[q];
      int at = q * length;
      for (int j = 0; j < row.length; j++) {
        views[at + j] = (float) row[j];
        views[at + row.length + j] = (float) (row[j] - centre[j]);
      }
      at += 2 * row.length;
      for (int c = 0; c < shape.outputs(); c++) {
        double level = answers[0][q][c];
        views[at++] = (float) level;
        views[at++] = (float) (answers[1][q][c] - level);
        views[at++] = (float) (answers[2][q][c] - level);
        views[at++] = (float) (nearest[q][c] - level);
        views[at++] = (float) (soft[q][c] - level);
        views[at++] = (float) (fit[q][c] - level);
        if (!shape.classes()) {
          views[at++] = (float) spread(rows.labels(), c, level);
          views[at++] = (float) trend(rows.labels(), c, level);
        }
      }
      views[at] = (float) distance(rows.support(), row);
    }
    return views;
  }

  /** Where in a view the support's mean label stands. */
  int levelAt(int output) {
    return 2 * shape.columns() + output * (shape.classes() ? OF_CLASS : OF_NUMBER);
  }

  private static double spread(double[][] labels, int output, double level) {
    double sum = 0;
    for (double[] label : labels) {
      sum += (label[output] - level) * (label[output] - level);
    }
    return Math.sqrt(sum / labels.length);
  }

  private static double trend(double[][] labels, int output, double level) {
    double slope = 0;
    double squares = 0;
    for (int i = 0; i < labels.length; i++) {
      double time = i - (labels.length - 1) / 2.0;
      slope += time * (labels[i][output] - level);
      squares += time * time;
    }
    return squares > 0 ? slope / squares : 0;
  }

  private static double distance(double[][] support, double[] row) {
    double least = Double.POSITIVE_INFINITY;
    for (double[] other : support) {
      least = Math.min(least, Vectors.distance(other, row));
    }
    return Math.sqrt(least / row.length);
  }
}
