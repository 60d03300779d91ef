package io.engram.core.learning;

import io.engram.core.task.LogPosition;

/** What a task's random draws (its order, whether it is remembered or held out) follow from, besides the seed. */
public enum DrawBy {

  /** Where it stands in the log. A rebuilt memory is then the same, but the log's gaps, which transactions leave as time has it, count. */
  POSITION {
    @Override
    public LogPosition place(LogPosition position, long arrival) {
      return position;
    }
  },

  /**
   * How many tasks had come before it: the same tasks in the same order then give the same bits, wherever they stand in the log.
   */
  ARRIVAL {
    @Override
    public LogPosition place(LogPosition position, long arrival) {
      return new LogPosition(0, arrival);
    }
  };

  /**
   * What stands for a task in its draws; no two tasks have the same.
   *
   * @param position in the log
   * @param arrival tasks that had come before it
   */
  public abstract LogPosition place(LogPosition position, long arrival);
}
