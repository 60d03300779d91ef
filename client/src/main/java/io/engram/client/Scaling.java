package io.engram.client;

import io.engram.core.learning.RunningScale;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The affine scale of inputs or targets that a version was trained with: {@code x ↦ (x − mean) / scale}, per column, inputs no farther
 * from 0 than {@link RunningScale#FARTHEST}; none where the version carries none.
 */
@SuppressWarnings("ArrayRecordComponent") // package-private and never compared
record Scaling(float @Nullable [] mean, float @Nullable [] scale, float limit) {

  static Scaling ofInputs(Model model) {
    return new Scaling(
        model.shared("inputMean"), model.shared("inputScale"), RunningScale.FARTHEST);
  }

  static Scaling ofTargets(Model model) {
    return new Scaling(
        model.shared("targetMean"), model.shared("targetScale"), Float.POSITIVE_INFINITY);
  }

  /** Whether it maps every number as another one does. */
  boolean sameAs(Scaling other) {
    return Arrays.equals(mean, other.mean) && Arrays.equals(scale, other.scale);
  }

  /** Scales one row into an array. */
  void apply(float[] row, float[] into, int at) {
    if (mean == null || scale == null) {
      System.arraycopy(row, 0, into, at, row.length);
      return;
    }
    for (int j = 0; j < row.length; j++) {
      float scaled = (row[j] - mean[j]) / scale[j];
      into[at + j] = Math.max(-limit, Math.min(limit, scaled));
    }
  }

  /** Takes the scale back. */
  float[] invert(float[] scaled, int from, int length) {
    float[] row = new float[length];
    for (int j = 0; j < length; j++) {
      float value = scaled[from + j];
      row[j] = mean == null || scale == null ? value : value * scale[j] + mean[j];
    }
    return row;
  }
}
