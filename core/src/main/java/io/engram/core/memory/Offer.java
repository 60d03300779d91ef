package io.engram.core.memory;

import io.engram.core.task.LogPosition;
import java.util.List;

/**
 * A task on offer to the memory.
 *
 * @param position its identity
 * @param key its task key
 * @param classes its classes; empty for regression
 * @param arrival how many tasks had arrived before it
 * @param bytes its size as it came
 * @param surprise how badly it was predicted: 1 − accuracy, or squared error in units of the baseline's; ≥ 0
 */
public record Offer(
    LogPosition position,
    String key,
    List<String> classes,
    long arrival,
    int bytes,
    float surprise) {

  public Offer {
    classes = List.copyOf(classes);
    if (!(surprise >= 0)) {
      throw new IllegalArgumentException(
          "the surprise of task %s must be 0 or more, found %s".formatted(position, surprise));
    }
  }
}
