package io.engram.cli.feed;

import java.util.function.LongSupplier;

/** How many examples a second are sent, whatever becomes of them. Immutable. */
public final class Pace {

  private static final double NANOS = 1e9;

  private final int rate;
  private final int batch;
  private final LongSupplier nanoTime;

  /**
   * A pace.
   *
   * @param rate examples a second, at least 1
   * @param largestBatch most records of one transaction, at least 1; fewer where the pace is slow, so that they come evenly
   * @param nanoTime a clock that only goes on
   * @throws IllegalArgumentException if the rate is below 1
   */
  public Pace(int rate, int largestBatch, LongSupplier nanoTime) {
    if (rate < 1) {
      throw new IllegalArgumentException("--rate must be at least 1, found " + rate);
    }
    this.rate = rate;
    this.batch = Math.max(1, Math.min(largestBatch, rate / 4));
    this.nanoTime = nanoTime;
  }

  /** Records of one transaction: about four a second. */
  public int batch() {
    return batch;
  }

  /** How many records may have been sent by now; counts from where it begins. */
  public LongSupplier from(long first) {
    long start = nanoTime.getAsLong();
    return () -> first + (long) ((nanoTime.getAsLong() - start) / NANOS * rate);
  }
}
