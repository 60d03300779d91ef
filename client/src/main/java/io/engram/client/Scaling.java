package io.engram.client;

import org.jspecify.annotations.Nullable;

/**
 * The affine scale of inputs or targets that a version was trained with: {@code x ↦ (x − mean) / scale}, per column; none where the
 * version carries none.
 */
@SuppressWarnings("ArrayRecordComponent") // package-private and never compared
record Scaling(float @Nullable [] mean, float @Nullable [] scale) {

  static Scaling of(Model model, String what) {
    return new Scaling(model.shared(what + "Mean"), model.shared(what + "Scale"));
  }

  /** Scales one row into an array. */
  void apply(float[] row, float[] into, int at) {
    if (mean == null || scale == null) {
      System.arraycopy(row, 0, into, at, row.length);
      return;
    }
    for (int j = 0; j < row.length; j++) {
      into[at + j] = (row[j] - mean[j]) / scale[j];
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
