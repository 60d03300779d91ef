package io.engram.ingest.boundary;

/**
 * Few numbers in place of many, with nearly the same distances (Johnson and Lindenstrauss): features of more than {@value #SIZE} numbers times a
 * matrix of signs that is always the same.
 */
final class Sketch {

  static final int SIZE = 64;

  private Sketch() {}

  /** Up to {@value #SIZE} numbers. */
  static float[] of(float[] features) {
    if (features.length <= SIZE) {
      return features;
    }
    float[] sketch = new float[SIZE];
    for (int i = 0; i < features.length; i++) {
      float value = features[i];
      if (value == 0) {
        continue;
      }
      long signs = Mixing.mix(i);
      for (int j = 0; j < SIZE; j++) {
        sketch[j] += (signs >>> j & 1) == 0 ? value : -value;
      }
    }
    float scale = (float) (1 / Math.sqrt(SIZE));
    for (int j = 0; j < SIZE; j++) {
      sketch[j] *= scale;
    }
    return sketch;
  }
}
