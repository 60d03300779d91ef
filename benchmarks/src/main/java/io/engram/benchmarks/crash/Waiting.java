package io.engram.benchmarks.crash;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another process does. */
public final class Waiting {

  private static final long LOOK_NANOS = 5_000_000L;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private Waiting() {}

  /**
   * Looks every few milliseconds.
   *
   * @throws IllegalStateException after ten minutes
   */
  public static void until(BooleanSupplier condition) {
    until("what the bench waited for", PATIENCE, condition);
  }

  /**
   * The same with other patience.
   *
   * @param what is waited for, for people
   * @throws IllegalStateException if it does not come in time
   */
  public static void until(String what, Duration patience, BooleanSupplier condition) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("%s did not come within %s".formatted(what, patience));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
