package io.engram.core.learning;

import io.engram.core.guard.Judgement;
import io.engram.core.task.Episode;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Task;

/**
 * A task of the current group.
 *
 * @param place what stands for it in its random draws
 * @param bytes its size as it came
 * @param scoring its episode for scoring, made when it arrived and so independent of what arrived later
 * @param judgement whether it is learned from, and if not, why
 */
public record Arrival(
    Task task,
    LogPosition position,
    LogPosition place,
    int bytes,
    Episode scoring,
    Judgement judgement) {

  /** Whether it is learned from, unless it is held out. */
  public boolean believed() {
    return judgement.learned();
  }
}
