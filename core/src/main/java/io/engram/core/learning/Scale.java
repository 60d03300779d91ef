package io.engram.core.learning;

import java.util.Arrays;

/**
 * An affine scale per column: {@code x ↦ (x − shift) / deviation}, no farther from 0 than {@code limit}. Learner and client scale by this one
 * formula. Arrays are shared: never write into them.
 *
 * @param shift [columns]
 * @param deviation [columns]
 * @param limit {@link RunningScale#FARTHEST} for inputs of a running scale, otherwise infinite
 */
@SuppressWarnings("ArrayRecordComponent") // compared by sameAs alone
public record Scale(float[] shift, float[] deviation, float limit) {

  /** Of inputs, which are cut where they lie too far out. */
  public static Scale ofInputs(float[] mean, float[] deviation) {
    return new Scale(mean, deviation, RunningScale.FARTHEST);
  }

  /** Of targets: none is cut, since they are told in the stream's own unit. */
  public static Scale ofTargets(float[] mean, float[] deviation) {
    return new Scale(mean, deviation, Float.POSITIVE_INFINITY);
  }

  /** What leaves every number as it is. */
  public static Scale identity(int columns) {
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

  /** Takes the scale back from one row of {@code scaled}; fresh. */
  public float[] invert(float[] scaled, int from) {
    float[] row = new float[shift.length];
    for (int j = 0; j < row.length; j++) {
      row[j] = scaled[from + j] * deviation[j] + shift[j];
    }
    return row;
  }

  /** Whether it maps every number as another one does. */
  public boolean sameAs(Scale other) {
    return limit == other.limit
        && Arrays.equals(shift, other.shift)
        && Arrays.equals(deviation, other.deviation);
  }
}
