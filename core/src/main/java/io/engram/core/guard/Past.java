package io.engram.core.guard;

import org.jspecify.annotations.Nullable;

/**
 * How things were before everything changed: what the tasks of that time are to be measured by.
 *
 * @param from tasks that had come when that time began; what is older is measured by nothing any more
 * @param until tasks that had come when it ended
 * @param inputs what features were held against
 * @param labels what labels were held against; null where they are classes
 */
public record Past(long from, long until, @Nullable Change inputs, @Nullable Change labels) {

  /** Whether a task is of that time. */
  public boolean has(long arrival) {
    return arrival >= from && arrival < until;
  }

  /**
   * What changed.
   *
   * @param before until then
   * @param after at that moment
   */
  public record Change(ColumnSums before, ColumnSums after) {

    private static final double FAR = 10;

    /** Whether a column is another one than it was. */
    public boolean of(int column) {
      double deviation = before.deviation(column);
      return after.distance(column, before.mean()[column]) > FAR * deviation
          && after.distance(column, before.mean()[column]) > 0;
    }
  }
}
