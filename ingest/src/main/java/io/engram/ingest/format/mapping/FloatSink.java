package io.engram.ingest.format.mapping;

import java.util.Arrays;

/** Numbers, one behind the other. */
final class FloatSink {

  private float[] numbers = new float[32];
  private int count;

  void add(double number) {
    add((float) number);
  }

  void add(float number) {
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
    }
    numbers[count++] = number;
  }

  int count() {
    return count;
  }

  float[] numbers() {
    return Arrays.copyOf(numbers, count);
  }
}
