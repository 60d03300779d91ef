package io.engram.core.algebra;

/** Verbs on short vectors. */
public final class Vectors {

  private Vectors() {}

  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Squared, Euclidean. */
  public static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return sum;
  }

  public static double[] minus(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  public static double[] mean(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i] / rows.length;
      }
    }
    return mean;
  }

  /** In place: the softmax of scores, no probability below {@code floor} before they are scaled to sum to 1. */
  public static void softmax(double[] scores, double floor) {
    softmax(scores);
    shares(scores, floor);
  }

  /** In place: scores to probabilities that sum to 1, however small. */
  public static void softmax(double[] scores) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      largest = Math.max(largest, score);
    }
    double sum = 0;
    for (int c = 0; c < scores.length; c++) {
      scores[c] = Math.exp(scores[c] - largest);
      sum += scores[c];
    }
    for (int c = 0; c < scores.length; c++) {
      scores[c] /= sum;
    }
  }

  /** In place: numbers to shares that sum to 1, none below {@code floor} before they are scaled. */
  public static void shares(double[] numbers, double floor) {
    double sum = 0;
    for (int c = 0; c < numbers.length; c++) {
      numbers[c] = Math.max(floor, numbers[c]);
      sum += numbers[c];
    }
    for (int c = 0; c < numbers.length; c++) {
      numbers[c] /= sum;
    }
  }

  /** Whether every one is a number: not infinite, and not NaN. */
  public static boolean finite(float[] values) {
    // NaN and infinities survive multiplication by zero, so one pass without branches finds them.
    float sum = 0;
    for (float value : values) {
      sum += value * 0f;
    }
    return sum == 0f;
  }
}
