package io.engram.benchmarks.innerloop;

/** Times a piece of work by repetition. */
final class Stopwatch {

  private Stopwatch() {}

  /**
   * What one call takes, in nanoseconds.
   *
   * @param mean of all calls
   * @param shortest of them: on a busy machine, one that met nobody
   */
  record Timing(double mean, double shortest) {}

  /** Mean nanoseconds of one call, over about {@code millis} and at least one call. */
  static double mean(Runnable work, int millis) {
    return time(work, millis).mean();
  }

  /** Calls for about {@code millis}, at least once. */
  static Timing time(Runnable work, int millis) {
    long start = System.nanoTime();
    long end = start + millis * 1_000_000L;
    long shortest = Long.MAX_VALUE;
    int calls = 0;
    long last = start;
    long now;
    do {
      work.run();
      calls++;
      now = System.nanoTime();
      shortest = Math.min(shortest, now - last);
      last = now;
    } while (now < end);
    return new Timing((double) (now - start) / calls, shortest);
  }
}
