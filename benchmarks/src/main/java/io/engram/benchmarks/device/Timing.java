package io.engram.benchmarks.device;

import io.engram.benchmarks.Rounds;
import java.util.Locale;

/**
 * What one meta-update takes.
 *
 * @param millis every round's time
 * @param rounds how many there were
 */
record Timing(Rounds millis, int rounds) {

  private static final int LEAST_ROUNDS = 3;
  private static final int MOST_ROUNDS = 2000;
  private static final double WARM_UP_SHARE = 0.3;
  private static final double NANOS = 1e9;

  /**
   * Makes round after round for about {@code seconds}: first to warm up, then counted. A round that alone takes longer than that is made twice, and
   * the second one counts.
   */
  static Timing of(Updates updates, double seconds) {
    return of(updates::run, seconds, updates.count());
  }

  private static Timing of(Runnable call, double seconds, int parts) {
    long begin = System.nanoTime();
    long warm = begin + (long) (seconds * WARM_UP_SHARE * NANOS);
    do {
      call.run();
    } while (System.nanoTime() < warm);
    boolean slow = System.nanoTime() - begin > seconds * NANOS;
    long end = begin + (long) (seconds * NANOS);
    Rounds millis = new Rounds();
    int rounds = 0;
    long last = System.nanoTime();
    do {
      call.run();
      long now = System.nanoTime();
      millis.addNanos((now - last) / parts);
      rounds++;
      last = now;
    } while (rounds < MOST_ROUNDS && (last < end || (!slow && rounds < LEAST_ROUNDS)));
    return new Timing(millis, rounds);
  }

  double median() {
    return millis.median();
  }

  /** For people: the middle eighty of a hundred rounds, and how many there were. */
  String spread() {
    return String.format(
        Locale.ROOT, "%.3f–%.3f, %d rounds", millis.quantile(0.1), millis.quantile(0.9), rounds);
  }
}
