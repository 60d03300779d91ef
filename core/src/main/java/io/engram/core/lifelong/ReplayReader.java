package io.engram.core.lifelong;

import io.engram.core.task.Task;

/**
 * Reads remembered tasks.
 *
 * <p><b>Threading:</b> called by the learner's thread only. <b>Consistency:</b> a slot reads as the last {@link GroupOutcome} that was
 * applied left it. <b>Failure:</b> an unreadable slot is a broken invariant and throws.
 */
@FunctionalInterface
public interface ReplayReader {

  /** The task in memory slot {@code slot}. */
  Task read(int slot);
}
