package io.engram.cli.view;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ToLongFunction;

/** How fast counts grow, over the last ten seconds. */
final class Rates {

  private static final double WINDOW_SECONDS = 10;

  private final Deque<RunStatus> recent = new ArrayDeque<>();

  void add(RunStatus status) {
    recent.addLast(status);
    while (recent.size() > 2 && status.seconds() - recent.getFirst().seconds() > WINDOW_SECONDS) {
      recent.removeFirst();
    }
  }

  double perSecond(ToLongFunction<RunStatus> count) {
    if (recent.size() < 2) {
      return 0;
    }
    RunStatus from = recent.getFirst();
    RunStatus to = recent.getLast();
    double seconds = to.seconds() - from.seconds();
    return seconds <= 0 ? 0 : (count.applyAsLong(to) - count.applyAsLong(from)) / seconds;
  }
}
