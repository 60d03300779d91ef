package io.engram.benchmarks.innerloop;

/** Something that can run a workload. */
interface Contender extends AutoCloseable {

  String name();

  /** Whether it runs this workload under this rule: reptile, fomaml or maml. */
  boolean runs(Workload workload, String rule);

  /**
   * Repeats one meta-batch for about {@code millis} and returns the mean time of one, in nanoseconds.
   */
  double measure(Workload workload, String rule, int millis);

  @Override
  void close();
}
