package io.engram.servicekit.log;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** So many lines of one kind a minute; what is beyond is counted, and the count told when the minute is over. Thread-safe. */
public final class LineBudget {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final int most;
  private final LongConsumer tell;
  private final LongSupplier nanos;
  private final Executor later;
  private long since;
  private int lines;
  private long left;

  /**
   * A full one.
   *
   * @param most lines of a minute
   * @param tell told how many lines were left out
   */
  public LineBudget(int most, LongConsumer tell) {
    this(
        most,
        tell,
        System::nanoTime,
        CompletableFuture.delayedExecutor(MINUTE.toMillis(), TimeUnit.MILLISECONDS));
  }

  /**
   * @param later runs what it is given a minute later
   */
  LineBudget(int most, LongConsumer tell, LongSupplier nanos, Executor later) {
    this.most = most;
    this.tell = tell;
    this.nanos = nanos;
    this.later = later;
    this.since = nanos.getAsLong();
  }

  /** Whether there is room for a line; if not, it is counted. */
  public boolean spend() {
    long untold = settled();
    if (untold > 0) {
      tell.accept(untold);
    }
    synchronized (this) {
      if (lines < most) {
        lines++;
        return true;
      }
      if (left++ == 0) {
        later.execute(this::tellLater);
      }
      return false;
    }
  }

  private void tellLater() {
    long untold = settled();
    if (untold > 0) {
      tell.accept(untold);
    } else if (waiting()) {
      later.execute(this::tellLater);
    }
  }

  /** Begins another minute if this one is over; how many lines it left out. */
  private synchronized long settled() {
    if (nanos.getAsLong() - since < MINUTE.toNanos()) {
      return 0;
    }
    long untold = left;
    since = nanos.getAsLong();
    lines = 0;
    left = 0;
    return untold;
  }

  private synchronized boolean waiting() {
    return left > 0;
  }
}
