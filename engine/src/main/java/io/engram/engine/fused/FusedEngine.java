package io.engram.engine.fused;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.MetaProgram;
import io.engram.core.network.NetworkSpec;

/**
 * The default engine on CPU. Every layer, head, inner optimiser and rule of the port runs here, except exact second order through Adam.
 * Each program has its own crew of threads and its own native memory.
 */
public final class FusedEngine implements ComputeEngine {

  private final int threads;

  /** Uses as many threads as there are processors. */
  public FusedEngine() {
    this(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Uses a fixed number of threads; results do not depend on it.
   *
   * @param threads at least 1; the calling thread is one of them
   */
  public FusedEngine(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("the engine needs at least 1 thread, found " + threads);
    }
    this.threads = threads;
  }

  @Override
  public String name() {
    return "fused-cpu";
  }

  @Override
  public MetaProgram compile(NetworkSpec network) {
    return new FusedProgram(new Circuit(network), threads);
  }
}
