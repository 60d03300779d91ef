package io.engram.ingest.domain;

import org.jspecify.annotations.Nullable;

/**
 * What stays of a key between its tasks.
 *
 * @param nextSequence number of its next task
 * @param lastTaskId the producer's id of its last task; null if it had none
 * @param pieces tasks in a row that had this id
 * @param lastClosed when the last was closed, on the clock
 * @param times where it stands in event time
 */
public record KeyHistory(
    long nextSequence, @Nullable String lastTaskId, int pieces, long lastClosed, EventTimes times) {

  public static final KeyHistory NONE = new KeyHistory(0, null, 0, 0);

  /** Of a key that has no windows. */
  public KeyHistory(long nextSequence, @Nullable String lastTaskId, int pieces, long lastClosed) {
    this(nextSequence, lastTaskId, pieces, lastClosed, EventTimes.NONE);
  }

  /** The name of the next task: the producer's id, numbered from the second piece on; or key and sequence number. */
  String nextTaskId(String key, @Nullable String taskId) {
    if (taskId == null) {
      return key + "#" + nextSequence;
    }
    return taskId.equals(lastTaskId) ? taskId + "#" + (pieces + 1) : taskId;
  }

  KeyHistory afterTask(@Nullable String taskId, long now) {
    int inARow = taskId != null && taskId.equals(lastTaskId) ? pieces + 1 : 1;
    return new KeyHistory(nextSequence + 1, taskId, inARow, now, times);
  }

  KeyHistory at(EventTimes other) {
    return new KeyHistory(nextSequence, lastTaskId, pieces, lastClosed, other);
  }
}
