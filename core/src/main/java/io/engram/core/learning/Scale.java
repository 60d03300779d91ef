package io.engram.core.learning;

import java.util.Arrays;

/**
 * An affine scale per column: {@code x ↦ (x − shift) / deviation}, no farther from 0 than {@code limit}.
 *
 * @param limit {@link RunningScale#FARTHEST} for inputs of a running scale, otherwise infinite
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Scale(float[] shift, float[] deviation, float limit) {

  static Scale identity(int columns) {
    float[] ones = new float[columns];
    Arrays.fill(ones, 1f);
    return new Scale(new float[columns], ones, Float.POSITIVE_INFINITY);
  }

  /** Scales one row from {@code source} into {@code target}. */
  public void row(float[] source, int from, float[] target, int to) {
    for (int j = 0; j < shift.length; j++) {
      float scaled = (source[from + j] - shift[j]) / deviation[j];
      target[to + j] = Math.max(-limit, Math.min(limit, scaled));
    }
  }
}
