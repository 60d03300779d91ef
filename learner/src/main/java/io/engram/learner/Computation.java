package io.engram.learner;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.learning.GroupOutcome;
import io.engram.core.learning.LifelongState;
import io.engram.core.learning.StreamOutcome;
import io.engram.core.learning.StreamSettings;
import io.engram.core.learning.StreamState;
import io.engram.core.learning.TableOutcome;
import io.engram.core.learning.TableSettings;
import io.engram.core.learning.TableState;
import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.meta.MetaTrainer;
import io.engram.learner.agent.Resumption;

/**
 * A learner's network, compiled, and asked whether it can run the learner's algorithm.
 *
 * @param engine name of the engine it was compiled by, for lineage
 * @param resumption makes the learner that computes with it
 * @param freeing gives back what the program holds
 */
record Computation<S extends LifelongState, O extends GroupOutcome>(
    String engine, Resumption<S, O> resumption, Runnable freeing) implements AutoCloseable {

  /**
   * Compiles for single examples.
   *
   * @throws UnsupportedNetworkException if the engine cannot run the network
   */
  static Computation<StreamState, StreamOutcome> ofStream(
      StreamSettings settings, ComputeEngine engine) {
    StreamProgram program = engine.compileStream(settings.network());
    return new Computation<>(engine.name(), Resumption.ofStream(settings, program), program::close);
  }

  /** For tables nothing is compiled: what such a learner computes is no network's. */
  static Computation<TableState, TableOutcome> ofTables(
      TableSettings settings, ComputeEngine engine) {
    return new Computation<>(engine.name(), Resumption.ofTables(settings), () -> {});
  }

  /**
   * Compiles for tasks.
   *
   * @throws UnsupportedNetworkException if the engine cannot run the network or the algorithm
   */
  static Computation<TaskState, TaskOutcome> ofTasks(
      TaskSettings settings, ComputeEngine engine, int readAhead) {
    MetaProgram program = engine.compile(settings.network());
    try {
      MetaTrainer.requireRunnable(program, settings.meta());
    } catch (UnsupportedNetworkException e) {
      program.close();
      throw e;
    }
    return new Computation<>(
        engine.name(), Resumption.ofTasks(settings, program, readAhead), program::close);
  }

  @Override
  public void close() {
    freeing.run();
  }
}
