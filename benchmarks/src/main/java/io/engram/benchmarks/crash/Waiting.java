package io.engram.benchmarks.crash;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
    until(what, patience, LOOK_NANOS, condition);
  }

  /**
   * The same for what is dear to look at: once a second.
   *
   * @param what is waited for, for people
   * @throws IllegalStateException if it does not come in time
   */
  public static void lookingEverySecond(String what, Duration patience, BooleanSupplier condition) {
    until(what, patience, TimeUnit.SECONDS.toNanos(1), condition);
  }

  private static void until(
      String what, Duration patience, long lookNanos, BooleanSupplier condition) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("%s did not come within %s".formatted(what, patience));
      }
      LockSupport.parkNanos(lookNanos);
    }
  }

  /** Lets time pass while others work. */
  public static void pause(double seconds) {
    try {
      TimeUnit.MILLISECONDS.sleep((long) (seconds * 1000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
