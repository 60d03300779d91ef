package io.engram.core.learning.tasks;

import io.engram.core.learning.TaskOutcome;
import io.engram.core.task.Task;

/**
 * Reads remembered tasks.
 *
 * <p><b>Threading:</b> called by the learner's thread only. What was announced may be read on a thread of the reader's own from then on:
 * nothing it depends on changes before the last of it was asked for. <b>Consistency:</b> a slot reads as the last {@link TaskOutcome}
 * that was applied left it. <b>Failure:</b> an unreadable slot is a broken invariant and throws, on the learner's thread and where it
 * asks for that slot.
 */
@FunctionalInterface
public interface ReplayReader {

  /** The task in memory slot {@code slot}. Its arrays may be used again for others after {@link #release()}. */
  Task read(int slot);

  /**
   * Says which slots will be asked for next, in this order: those of all outer steps of a group, a slot as often as it was drawn. Whatever
   * was announced before has been asked for.
   */
  default void announce(int[] slots) {}

  /** Says that no task that was read so far is looked at any more. */
  default void release() {}
}
