package io.engram.core.compute.stream;

import java.util.Arrays;

/**
 * The features of one example without their zeros: four fifths of a handwritten digit are paper, and a stream program neither reads
 * nor moves the weights behind it. Arrays are shared, not copied: never write into them.
 *
 * @param size floats of the dense form
 * @param indices [active] places in the dense form, ascending
 * @param values [active] what lies there
 */
@SuppressWarnings("ArrayRecordComponent") // flat arrays are the currency of the compute port
public record SparseInput(int size, int[] indices, float[] values) {

  public SparseInput {
    if (indices.length != values.length) {
      throw new IllegalArgumentException(
          "%d indices do not go with %d values".formatted(indices.length, values.length));
    }
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] >= size || indices[i] < 0 || (i > 0 && indices[i] <= indices[i - 1])) {
        throw new IllegalArgumentException(
            "indices must ascend from 0 to %d, found %d in place %d"
                .formatted(size - 1, indices[i], i));
      }
    }
  }

  /** Leaves the zeros of {@code dense} out. */
  public static SparseInput of(float[] dense) {
    int[] indices = new int[dense.length];
    float[] values = new float[dense.length];
    int active = 0;
    for (int i = 0; i < dense.length; i++) {
      if (dense[i] != 0) {
        indices[active] = i;
        values[active++] = dense[i];
      }
    }
    return new SparseInput(
        dense.length, Arrays.copyOf(indices, active), Arrays.copyOf(values, active));
  }

  /** Puts the zeros back. */
  public float[] dense() {
    float[] dense = new float[size];
    for (int i = 0; i < indices.length; i++) {
      dense[indices[i]] = values[i];
    }
    return dense;
  }
}
