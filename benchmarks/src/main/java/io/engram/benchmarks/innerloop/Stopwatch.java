package io.engram.benchmarks.innerloop;

/** Times a piece of work by repetition. */
final class Stopwatch {

  private Stopwatch() {}

  /** Mean nanoseconds of one call, over about {@code millis} and at least one call. */
  static double mean(Runnable work, int millis) {
    long start = System.nanoTime();
    long end = start + millis * 1_000_000L;
    int calls = 0;
    long now;
    do {
      work.run();
      calls++;
      now = System.nanoTime();
    } while (now < end);
    return (double) (now - start) / calls;
  }
}
