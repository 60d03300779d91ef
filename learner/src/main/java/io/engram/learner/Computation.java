package io.engram.learner;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.MetaProgram;
import io.engram.core.compute.StreamProgram;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.lifelong.LifelongLearner;
import io.engram.core.lifelong.LifelongSettings;
import io.engram.core.meta.MetaTrainer;
import io.engram.learner.agent.Resumption;

/**
 * A learner's network, compiled, and asked whether it can run the learner's algorithm.
 *
 * @param engine name of the engine it was compiled by, for lineage
 * @param resumption makes the learner that computes with it
 * @param freeing gives back what the program holds
 */
record Computation(String engine, Resumption resumption, Runnable freeing)
    implements AutoCloseable {

  /**
   * Compiles.
   *
   * @throws UnsupportedNetworkException if the engine cannot run the network or the algorithm
   */
  static Computation of(LifelongSettings settings, ComputeEngine engine) {
    return settings.stream() == null ? ofTasks(settings, engine) : ofStream(settings, engine);
  }

  private static Computation ofStream(LifelongSettings settings, ComputeEngine engine) {
    StreamProgram program = engine.compileStream(settings.network());
    return new Computation(
        engine.name(), (state, memory) -> new LifelongLearner(settings, program, state), () -> {});
  }

  private static Computation ofTasks(LifelongSettings settings, ComputeEngine engine) {
    MetaProgram program = engine.compile(settings.network());
    try {
      MetaTrainer.requireRunnable(program, settings.meta());
    } catch (UnsupportedNetworkException e) {
      program.close();
      throw e;
    }
    return new Computation(
        engine.name(),
        (state, memory) -> new LifelongLearner(settings, program, state, memory),
        program::close);
  }

  @Override
  public void close() {
    freeing.run();
  }
}
