package io.engram.core.meta;

import java.util.Arrays;

/** How long a gradient usually is: the median of its last lengths, which no single one moves far. */
public final class UsualLength {

  /** Lengths remembered. */
  public static final int WINDOW = 63;

  private static final int FEWEST = 32;

  private final float[] ring;
  private long steps;

  UsualLength() {
    this(new float[WINDOW], 0);
  }

  /** Takes over the ring, which has {@link #WINDOW} places. */
  public UsualLength(float[] ring, long steps) {
    if (ring.length != WINDOW) {
      throw new IllegalArgumentException(
          "%d lengths are remembered, found %d".formatted(WINDOW, ring.length));
    }
    this.ring = ring;
    this.steps = steps;
  }

  /** Notes one more. */
  void add(double length) {
    ring[(int) (steps % WINDOW)] = (float) Math.min(Float.MAX_VALUE, length);
    steps++;
  }

  /** The median; infinite while too few are known. */
  double median() {
    int size = (int) Math.min(steps, WINDOW);
    if (size < FEWEST) {
      return Double.POSITIVE_INFINITY;
    }
    float[] sorted = Arrays.copyOf(ring, size);
    Arrays.sort(sorted);
    return sorted[size / 2];
  }

  /** [{@link #WINDOW}] the last lengths, live. */
  public float[] ring() {
    return ring;
  }

  /** Lengths noted. */
  public long steps() {
    return steps;
  }

  void copyFrom(UsualLength other) {
    System.arraycopy(other.ring, 0, ring, 0, WINDOW);
    steps = other.steps;
  }

  UsualLength copy() {
    return new UsualLength(ring.clone(), steps);
  }
}
