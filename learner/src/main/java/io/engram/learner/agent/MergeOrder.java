package io.engram.learner.agent;

import io.engram.core.task.LogPosition;
import io.engram.learner.agent.TaskLog.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In which order the records of several partitions are shown to the learner: as they arrive; but after a restart first as they were
 * shown before it. What an interrupted process had shown and not committed is thus learned from in the same order, and so in the
 * same groups, as if it had not been interrupted.
 */
final class MergeOrder {

  private final Deque<LogPosition> prescribed;
  private final List<Entry> held = new ArrayList<>();

  /**
   * @param prescribed what was shown since the last commit, oldest first
   */
  MergeOrder(Collection<LogPosition> prescribed) {
    this.prescribed = new ArrayDeque<>(prescribed);
  }

  /** What may be shown now that these have arrived, in this order. Holds back what came too early. */
  List<Entry> admit(List<Entry> arrived) {
    if (prescribed.isEmpty()) {
      return arrived;
    }
    held.addAll(arrived);
    List<Entry> admitted = new ArrayList<>();
    while (!prescribed.isEmpty()) {
      LogPosition due = prescribed.element();
      Entry next = oldestOf(due.partition());
      if (next == null) {
        return admitted;
      }
      if (next.position().offset() >= due.offset()) {
        prescribed.remove();
      }
      // A later one means that the log has lost the one that is due; an earlier one has come again.
      if (next.position().offset() <= due.offset()) {
        held.remove(next);
        admitted.add(next);
      }
    }
    admitted.addAll(held);
    held.clear();
    return admitted;
  }

  private @Nullable Entry oldestOf(int partition) {
    for (Entry entry : held) {
      if (entry.position().partition() == partition) {
        return entry;
      }
    }
    return null;
  }
}
