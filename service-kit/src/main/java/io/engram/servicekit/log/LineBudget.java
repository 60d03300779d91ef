package io.engram.servicekit.log;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * So many lines of one kind in a minute; what is beyond is counted, and the count told when the minute is over. Where it goes on, there is
 * a count after two minutes more, after four, at last each hour, and no line before it is over. Thread-safe.
 */
public final class LineBudget {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Hears what was left out. */
  @FunctionalInterface
  public interface Count {
    /**
     * Is told.
     *
     * @param left lines
     * @param span how long, for people: "minute", "4 minutes"
     */
    void tell(long left, String span);
  }

  private record Untold(long left, String span) {}

  private final int most;
  private final Count tell;
  private final LongSupplier nanos;
  private final Executor later;
  private long since;
  private int lines;
  private long left;
  private int allowed;
  private Duration window = MINUTE;

  /**
   * A full one.
   *
   * @param most lines of a minute
   * @param tell told how many lines were left out
   */
  public LineBudget(int most, Count tell) {
    this(
        most,
        tell,
        System::nanoTime,
        CompletableFuture.delayedExecutor(MINUTE.toMillis(), TimeUnit.MILLISECONDS));
  }

  /**
   * @param later runs what it is given a minute later
   */
  LineBudget(int most, Count tell, LongSupplier nanos, Executor later) {
    this.most = most;
    this.tell = tell;
    this.nanos = nanos;
    this.later = later;
    this.since = nanos.getAsLong();
    this.allowed = most;
  }

  /** Whether there is room for a line; if not, it is counted. */
  public boolean spend() {
    Untold untold = settled();
    if (untold.left() > 0) {
      tell.tell(untold.left(), untold.span());
    }
    synchronized (this) {
      if (lines < allowed) {
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
    Untold untold = settled();
    if (untold.left() > 0) {
      tell.tell(untold.left(), untold.span());
    } else if (waiting()) {
      later.execute(this::tellLater);
    }
  }

  /** Begins another window if this one is over; how many lines it left out. */
  private synchronized Untold settled() {
    long lasted = nanos.getAsLong() - since;
    if (lasted < window.toNanos()) {
      return new Untold(0, "");
    }
    Untold untold = new Untold(left, span(Math.round(lasted / (double) MINUTE.toNanos())));
    boolean goesOn = left > most;
    allowed = goesOn ? 0 : most;
    window = goesOn ? longer(window) : MINUTE;
    since = nanos.getAsLong();
    lines = 0;
    left = 0;
    return untold;
  }

  private static Duration longer(Duration window) {
    Duration twice = window.multipliedBy(2);
    return twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
  }

  private static String span(long minutes) {
    return minutes <= 1 ? "minute" : minutes + " minutes";
  }

  private synchronized boolean waiting() {
    return left > 0;
  }
}
