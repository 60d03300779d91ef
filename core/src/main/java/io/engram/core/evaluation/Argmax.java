package io.engram.core.evaluation;

/** Which class some outputs are for. */
public final class Argmax {

  private Argmax() {}

  /**
   * Index, from 0, of the largest of {@code count} numbers that begin at {@code from}; of equal ones the first. A NaN is never larger.
   *
   * @param count at least 1
   */
  public static int of(float[] values, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }
}
