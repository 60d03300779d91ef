package io.engram.benchmarks.crash;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another process does. */
public final class Waiting {

  private static final long LOOK_NANOS = 5_000_000L;
  private static final long PATIENCE_NANOS = 600_000_000_000L;

  private Waiting() {}

  /**
   * Looks every few milliseconds.
   *
   * @throws IllegalStateException after ten minutes
   */
  public static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("what the bench waited for did not happen in ten minutes");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
