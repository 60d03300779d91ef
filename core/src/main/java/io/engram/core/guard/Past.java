package io.engram.core.guard;

import org.jspecify.annotations.Nullable;

/**
 * How things were before everything changed: what the tasks of that time are to be measured by.
 *
 * @param from tasks that had come when that time began; what is older is measured by nothing any more
 * @param until tasks that had come when it ended
 * @param inputs what features were held against; null where the learner measures them
 * @param labels what labels were held against; null where they are classes
 */
public record Past(
    long from, long until, @Nullable ColumnSums inputs, @Nullable ColumnSums labels) {

  /** Whether a task is of that time. */
  public boolean has(long arrival) {
    return arrival >= from && arrival < until;
  }
}
