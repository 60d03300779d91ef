package io.engram.core.tables;

import java.nio.FloatBuffer;

/**
 * A linear function of inputs that it measures by their mean and deviation.
 *
 * @param flat means and deviations [inputs] each; then for each output its coefficients and, last, its intercept
 */
@SuppressWarnings("ArrayRecordComponent") // part of one tensor, never compared
public record LinearModel(int inputs, int outputs, float[] flat) {

  private static final double FARTHEST = 5;

  static int length(int inputs, int outputs) {
    return 2 * inputs + outputs * (inputs + 1);
  }

  /** It answers 0. */
  static LinearModel zero(int inputs, int outputs) {
    return new LinearModel(inputs, outputs, new float[length(inputs, outputs)]);
  }

  static LinearModel read(int inputs, int outputs, FloatBuffer in) {
    float[] flat = new float[length(inputs, outputs)];
    in.get(flat);
    return new LinearModel(inputs, outputs, flat);
  }

  /** Adds its answer to a row that begins at {@code from}. */
  void addAnswer(float[] rows, int from, double[] answer) {
    for (int c = 0; c < outputs; c++) {
      int at = 2 * inputs + c * (inputs + 1);
      double sum = flat[at + inputs];
      for (int j = 0; j < inputs; j++) {
        float coefficient = flat[at + j];
        if (coefficient != 0) {
          sum += coefficient * standardised(j, rows[from + j]);
        }
      }
      answer[c] += sum;
    }
  }

  double standardised(int input, float value) {
    float deviation = flat[inputs + input];
    if (!(deviation > 0)) {
      return 0;
    }
    return Math.max(-FARTHEST, Math.min(FARTHEST, ((double) value - flat[input]) / deviation));
  }

  float coefficient(int output, int input) {
    return flat[2 * inputs + output * (inputs + 1) + input];
  }
}
