package io.engram.experiments.tables;

import io.engram.core.baseline.Rows;

/** What the trees see of a row. */
enum TreeInputs {
  /** The row alone. */
  ROW,
  /** The row, its difference from the support's mean row, and what is known of the support labels; they answer relative to their mean. */
  STATISTICS;

  private static final double RECENT = 0.7;
  private static final int NEAR = 3;

  /** [rows × columns], row-major. */
  float[] of(Rows task, double[][] rows) {
    int inputs = task.columns();
    int width = task.width();
    int columns = columns(task);
    float[] all = new float[rows.length * columns];
    double[] centre = column(task.support());
    double[] mean = column(task.labels());
    double[] recent = recent(task.labels());
    double[] last = task.labels()[task.labels().length - 1];
    for (int i = 0; i < rows.length; i++) {
      int at = i * columns;
      for (int j = 0; j < inputs; j++) {
        all[at + j] = (float) rows[i][j];
      }
      if (this == STATISTICS) {
        double[] near = near(task, rows[i]);
        for (int j = 0; j < inputs; j++) {
          all[at + inputs + j] = (float) (rows[i][j] - centre[j]);
        }
        for (int c = 0; c < width; c++) {
          int first = at + 2 * inputs + 4 * c;
          all[first] = (float) mean[c];
          all[first + 1] = (float) (recent[c] - mean[c]);
          all[first + 2] = (float) (last[c] - mean[c]);
          all[first + 3] = (float) (near[c] - mean[c]);
        }
      }
    }
    return all;
  }

  int columns(Rows task) {
    return this == ROW ? task.columns() : 2 * task.columns() + 4 * task.width();
  }

  /** What a number's answer is added to. */
  double level(Rows task, boolean classes) {
    return this == ROW || classes ? 0 : column(task.labels())[0];
  }

  double[] mean(Rows task) {
    return column(task.labels());
  }

  private static double[] column(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += row[j] / rows.length;
      }
    }
    return mean;
  }

  private static double[] recent(double[][] labels) {
    double[] mean = labels[0].clone();
    double total = 1;
    for (int i = 1; i < labels.length; i++) {
      total = RECENT * total + 1;
      for (int c = 0; c < mean.length; c++) {
        mean[c] += (labels[i][c] - mean[c]) / total;
      }
    }
    return mean;
  }

  /** Mean label of the three support rows nearest to this one. */
  private static double[] near(Rows task, double[] row) {
    double[] distances = new double[task.support().length];
    for (int i = 0; i < distances.length; i++) {
      for (int j = 0; j < row.length; j++) {
        double difference = row[j] - task.support()[i][j];
        distances[i] += difference * difference;
      }
    }
    double[] mean = new double[task.width()];
    int used = Math.min(NEAR, distances.length);
    for (int k = 0; k < used; k++) {
      int nearest = 0;
      for (int i = 1; i < distances.length; i++) {
        nearest = distances[i] < distances[nearest] ? i : nearest;
      }
      distances[nearest] = Double.POSITIVE_INFINITY;
      for (int c = 0; c < mean.length; c++) {
        mean[c] += task.labels()[nearest][c] / used;
      }
    }
    return mean;
  }
}
