package io.engram.benchmarks.device;

import java.util.function.LongSupplier;

/** Time that can run out. */
final class Budget {

  private static final double NANOS = 1e9;

  private final LongSupplier nanoClock;
  private final long end;

  /**
   * Time from now on.
   *
   * @param nanoClock such as {@link System#nanoTime}
   */
  Budget(double seconds, LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.end = nanoClock.getAsLong() + (long) (seconds * NANOS);
  }

  /** By the clock of this machine. */
  static Budget of(double seconds) {
    return new Budget(seconds, System::nanoTime);
  }

  /** Seconds left, 0 when it has run out. */
  double left() {
    return Math.max(0, (end - nanoClock.getAsLong()) / NANOS);
  }

  boolean over() {
    return left() == 0;
  }

  /** A part of what is left, by the same clock. */
  Budget part(double seconds) {
    return new Budget(Math.min(seconds, left()), nanoClock);
  }
}
