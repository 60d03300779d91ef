package io.engram.experiments.boundaries;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Alarms against the boundaries there are. An alarm finds the oldest boundary that no other alarm has found, if that is at most so many examples ago;
 * else it is false. For one thread.
 */
final class Outcome {

  private final int patience;
  private final Deque<Integer> open = new ArrayDeque<>();
  private int boundaries;
  private int alarms;
  private int found;
  private long delays;

  /**
   * @param patience examples within which a boundary must be found
   */
  Outcome(int patience) {
    this.patience = patience;
  }

  /** Another task begins with an example. */
  void boundary(int at) {
    open.add(at);
    boundaries++;
  }

  void alarm(int at) {
    alarms++;
    while (!open.isEmpty() && open.element() < at - patience) {
      open.remove();
    }
    if (!open.isEmpty()) {
      found++;
      delays += at - open.remove();
    }
  }

  int boundaries() {
    return boundaries;
  }

  int falseAlarms() {
    return alarms - found;
  }

  double precision() {
    return alarms == 0 ? 0 : (double) found / alarms;
  }

  double recall() {
    return boundaries == 0 ? 0 : (double) found / boundaries;
  }

  double f1() {
    return found == 0 ? 0 : 2.0 * found / (alarms + boundaries);
  }

  /** Examples from a boundary to its alarm, on average. */
  double delay() {
    return found == 0 ? 0 : (double) delays / found;
  }
}
