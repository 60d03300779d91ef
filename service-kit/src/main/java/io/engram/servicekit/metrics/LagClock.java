package io.engram.servicekit.metrics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * For how long the oldest record that is not done has been waiting, from nothing but looks at how much there was and how much of it was done. What stood
 * there before the first look counts from that look. Safe for use by many threads.
 */
public final class LagClock {

  private static final int LOOKS = 512;

  private final Deque<Look> unreached = new ArrayDeque<>();
  private long pauseNanos;

  private record Look(long nanos, long end) {}

  /**
   * One look.
   *
   * @param nanos when, by {@link System#nanoTime}
   * @param done how many records are done
   * @param end how many there are
   */
  public synchronized void look(long nanos, long done, long end) {
    while (!unreached.isEmpty() && unreached.getFirst().end() <= done) {
      unreached.removeFirst();
    }
    if (unreached.isEmpty()) {
      pauseNanos = 0;
    }
    if (end > done && (unreached.isEmpty() || worthKeeping(nanos, end))) {
      unreached.addLast(new Look(nanos, end));
    }
    if (unreached.size() > LOOKS) {
      thin();
    }
  }

  private boolean worthKeeping(long nanos, long end) {
    Look newest = unreached.getLast();
    return newest.end() < end && nanos - newest.nanos() >= pauseNanos;
  }

  /** Seconds that the oldest record had been waiting at {@code nanos}; 0 if none waits. */
  public synchronized double seconds(long nanos) {
    if (unreached.isEmpty()) {
      return 0;
    }
    long waiting = Math.max(0, nanos - unreached.getFirst().nanos());
    return (double) waiting / TimeUnit.SECONDS.toNanos(1);
  }

  /** Every second look goes, and from now on they are as far apart: what is said is wrong by a share of the whole wait that stays small. */
  private void thin() {
    boolean keep = true;
    for (Iterator<Look> looks = unreached.iterator(); looks.hasNext(); ) {
      looks.next();
      if (!keep) {
        looks.remove();
      }
      keep = !keep;
    }
    long span = unreached.getLast().nanos() - unreached.getFirst().nanos();
    pauseNanos = span / (unreached.size() - 1);
  }
}
