package io.engram.learner;

import io.engram.core.guard.Quarantine;

/**
 * How much a learner has learned, ever.
 *
 * @param tasks scored or waiting to be
 * @param examples in those tasks, support and query
 * @param refusedTasks records of the log that could not be learned from
 * @param metaUpdates outer steps; batches learned by a continual learner
 * @param memoryTasks tasks remembered; examples by a continual learner
 * @param quarantine tasks that were kept out of learning: scored, but not learned from and not remembered
 */
public record Learned(
    long tasks,
    long examples,
    long refusedTasks,
    long metaUpdates,
    int memoryTasks,
    Quarantine quarantine) {

  /** With nothing kept out. */
  public Learned(long tasks, long examples, long refusedTasks, long metaUpdates, int memoryTasks) {
    this(tasks, examples, refusedTasks, metaUpdates, memoryTasks, Quarantine.NONE);
  }
}
