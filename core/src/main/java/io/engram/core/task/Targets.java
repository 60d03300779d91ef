package io.engram.core.task;

/** What a set of examples should be mapped to. Arrays are shared, not copied: never write into them. */
@SuppressWarnings("ArrayRecordComponent") // flat arrays are the currency of the compute port
public sealed interface Targets {

  /** Number of examples. */
  int size();

  /**
   * Classification targets.
   *
   * @param ways number of classes in play: the softmax runs over outputs 0 … ways−1, the rest are left out
   * @param classes [size] class index of each example, 0 ≤ index &lt; ways
   */
  record Classes(int ways, int[] classes) implements Targets {
    public Classes {
      if (ways < 1) {
        throw new IllegalArgumentException(
            "a classification needs at least 1 class, found " + ways);
      }
      for (int i = 0; i < classes.length; i++) {
        if (classes[i] < 0 || classes[i] >= ways) {
          throw new IllegalArgumentException(
              "example %d has class index %d, expected 0 to %d".formatted(i, classes[i], ways - 1));
        }
      }
    }

    @Override
    public int size() {
      return classes.length;
    }
  }

  /**
   * Regression targets.
   *
   * @param width number of values per example
   * @param values [size × width] row-major
   */
  record Values(int width, float[] values) implements Targets {
    public Values {
      if (width < 1 || values.length % width != 0) {
        throw new IllegalArgumentException(
            "%d target values do not divide into rows of %d".formatted(values.length, width));
      }
    }

    @Override
    public int size() {
      return values.length / width;
    }
  }
}
