package io.engram.core.meta;

/** An optimiser's memory: first and second moments and the number of steps; all zero at the start. */
public final class Moments {

  private final float[] first;
  private final float[] second;
  private long steps;

  public Moments(int parameters) {
    this(new float[parameters], new float[parameters], 0);
  }

  /** Takes over the arrays. */
  public Moments(float[] first, float[] second, long steps) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "moments of different lengths: %d and %d".formatted(first.length, second.length));
    }
    this.first = first;
    this.second = second;
    this.steps = steps;
  }

  /** [parameters] m, live. */
  public float[] first() {
    return first;
  }

  /** [parameters] v, live. */
  public float[] second() {
    return second;
  }

  /** t, the steps taken. */
  public long steps() {
    return steps;
  }

  void advance() {
    steps++;
  }

  void set(float[] newFirst, float[] newSecond, long newSteps) {
    System.arraycopy(newFirst, 0, first, 0, first.length);
    System.arraycopy(newSecond, 0, second, 0, second.length);
    steps = newSteps;
  }

  void copyFrom(Moments other) {
    System.arraycopy(other.first, 0, first, 0, first.length);
    System.arraycopy(other.second, 0, second, 0, second.length);
    steps = other.steps;
  }
}
