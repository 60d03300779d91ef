package io.engram.engine.fused;

import java.util.Arrays;

/**
 * Whether numbers are finite: x·0 is 0 unless x is infinite or not a number. Sums those products in
 * many chains side by side, staged so that HotSpot vectorises. Belongs to one worker.
 */
final class FiniteCheck {

  private static final int STAGE = 1024;

  private final float[] stage = new float[STAGE];
  private final float[] sums = new float[STAGE];

  /** Of the first {@code count} values. */
  boolean finite(float[] values, int count) {
    Arrays.fill(sums, 0f);
    for (int from = 0; from < count; from += STAGE) {
      int length = Math.min(STAGE, count - from);
      System.arraycopy(values, from, stage, 0, length);
      addZeros(stage, sums, length);
    }
    float sum = 0;
    for (float s : sums) {
      sum += s;
    }
    return sum == 0f;
  }

  private static void addZeros(float[] stage, float[] sums, int length) {
    for (int i = 0; i < length; i++) {
      sums[i] += stage[i] * 0f;
    }
  }
}
