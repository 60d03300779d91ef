package io.engram.core.tables;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * How wide intervals about answers to numbers are: a scale that follows from {@link Signs}, times what covered so much of late.
 *
 * @param coefficients of the logarithm of the scale, one for each sign
 * @param quantiles of errors over their scales, one for each of {@link #LEVELS}; 0 where none is known
 */
@SuppressWarnings("ArrayRecordComponent") // part of one tensor, never compared
record Width(float[] coefficients, float[] quantiles) {

  /** Shares of labels that intervals are to cover. */
  static final List<Double> LEVELS = List.of(0.5, 0.8, 0.9, 0.95);

  static final int LENGTH = Signs.COUNT + LEVELS.size();

  static final Width UNKNOWN = new Width(new float[Signs.COUNT], new float[LEVELS.size()]);

  /**
   * Half of each interval.
   *
   * @param signs [queries × outputs × {@link Signs#COUNT}]
   * @param deviations [outputs]
   * @return [queries × outputs] in the units of the deviations
   */
  double[][] halves(double[][][] signs, double level, float[] deviations) {
    double[][] halves = new double[signs.length][deviations.length];
    for (int q = 0; q < halves.length; q++) {
      for (int c = 0; c < halves[q].length; c++) {
        halves[q][c] = quantiles[LEVELS.indexOf(level)] * scale(signs[q][c]) * deviations[c];
      }
    }
    return halves;
  }

  double scale(double[] signs) {
    double sum = 0;
    for (int i = 0; i < signs.length; i++) {
      sum += coefficients[i] * signs[i];
    }
    return Math.exp(sum);
  }

  void write(FloatBuffer out) {
    out.put(coefficients).put(quantiles);
  }

  static Width read(FloatBuffer in) {
    float[] coefficients = new float[Signs.COUNT];
    float[] quantiles = new float[LEVELS.size()];
    in.get(coefficients).get(quantiles);
    return new Width(coefficients, quantiles);
  }

  static void requireLevel(double level) {
    if (!LEVELS.contains(level)) {
      throw new IllegalArgumentException(
          "intervals cover a share of %s, found %s".formatted(LEVELS, level));
    }
  }

  @Override
  public String toString() {
    return "Width" + Arrays.toString(coefficients) + Arrays.toString(quantiles);
  }
}
