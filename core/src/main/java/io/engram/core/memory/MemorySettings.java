package io.engram.core.memory;

import java.util.Map;

/**
 * What an episodic memory keeps, and how it is drawn from.
 *
 * @param capacity how much is kept
 * @param retention which tasks are kept
 * @param draw which of them are drawn for replay
 */
public record MemorySettings(Capacity capacity, RetentionPolicy retention, ReplayDraw draw) {

  /** An empty memory as these settings want it. */
  public EpisodicMemory empty(long seed) {
    return new EpisodicMemory(capacity, retention, draw, seed);
  }

  /**
   * The memory read back from a store.
   *
   * @param contents what lies in which slot
   * @param arrivals tasks offered so far
   */
  public EpisodicMemory restore(long seed, Map<Integer, Remembered> contents, long arrivals) {
    return EpisodicMemory.restore(capacity, retention, draw, seed, contents, arrivals);
  }
}
