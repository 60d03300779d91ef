package io.engram.cli.taste;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What is left of the time, and a word now and then on how it is spent. */
final class Stopwatch {

  private static final double NANOS = 1e9;
  private static final double SECONDS_BETWEEN_WORDS = 5;

  private final LongSupplier nanoTime;
  private final long start;
  private final double limit;
  private final Consumer<String> progress;
  private double saidAt;

  /**
   * Starts now.
   *
   * @param limit in seconds
   * @param progress told what goes on
   */
  Stopwatch(LongSupplier nanoTime, double limit, Consumer<String> progress) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.limit = limit;
    this.progress = progress;
  }

  double seconds() {
    return (nanoTime.getAsLong() - start) / NANOS;
  }

  /** Whether more than this part of the time is spent. */
  boolean beyond(double part) {
    return seconds() > part * limit;
  }

  /** Says what begins. */
  void say(String what) {
    saidAt = seconds();
    progress.accept(what);
  }

  /** Says how far it is, if nothing was said for a while. */
  void sayAtTimes(String what, int done, int all) {
    if (seconds() - saidAt >= SECONDS_BETWEEN_WORDS) {
      say("%s: %,d of %,d, %.0f s".formatted(what, done, all, seconds()));
    }
  }
}
