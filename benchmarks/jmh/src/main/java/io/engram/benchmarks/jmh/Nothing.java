package io.engram.benchmarks.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.infra.Blackhole;

/** Work of about a millisecond that allocates nothing: what is allocated beside it is JMH's own. */
public class Nothing {

  /** Turns a counter. */
  @Benchmark
  public void work() {
    Blackhole.consumeCPU(500_000);
  }
}
