package io.engram.learner;

import io.engram.engine.Engines;

/**
 * What a learner computes with.
 *
 * @param name of a kind of engine on the class path, or {@code auto} for the best one that can run the learner on this machine
 * @param threads episodes computed at the same time, for engines that run on the processor; 0 for one per processor
 */
public record EngineConfig(String name, int threads) {

  public EngineConfig {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "engine must be '%s' or the name of one, found '%s'".formatted(Engines.AUTO, name));
    }
    if (threads < 0) {
      throw new IllegalArgumentException(
          "engine threads must be 0 (one per processor) or more, found " + threads);
    }
  }

  /** The best engine, on all processors. */
  public static EngineConfig auto() {
    return new EngineConfig(Engines.AUTO, 0);
  }

  boolean isAuto() {
    return name.equals(Engines.AUTO);
  }

  /** Threads on this machine. */
  public int threadsHere() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
