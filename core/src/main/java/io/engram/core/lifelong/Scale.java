package io.engram.core.lifelong;

import java.util.Arrays;

/** An affine scale per column: {@code x ↦ (x − shift) / deviation}. */
@SuppressWarnings("ArrayRecordComponent") // package-private and never compared
record Scale(float[] shift, float[] deviation) {

  static Scale identity(int columns) {
    float[] ones = new float[columns];
    Arrays.fill(ones, 1f);
    return new Scale(new float[columns], ones);
  }

  /** Scales one row from {@code source} into {@code target}. */
  void row(float[] source, int from, float[] target, int to) {
    for (int j = 0; j < shift.length; j++) {
      target[to + j] = (source[from + j] - shift[j]) / deviation[j];
    }
  }
}
