package io.engram.learner.agent;

import io.engram.core.learning.LifelongState;
import io.engram.core.task.LogPosition;
import io.engram.learner.agent.LearnerStore.Committed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What outlives a process: commits, of which a loss of power may take the newest back. */
final class SimulatedDisk<S extends LifelongState> {

  private static final int UNFLUSHED = 3;

  private final UnaryOperator<S> copying;
  private final Deque<Contents<S>> unflushed = new ArrayDeque<>();
  private Contents<S> now = Contents.none();
  private int lostCommits;

  /**
   * What lies on it after a commit.
   *
   * @param memory tasks by slot
   * @param order noted since
   */
  private record Contents<S extends LifelongState>(
      Map<Integer, byte[]> memory, @Nullable Committed<S> committed, List<LogPosition> order) {

    static <S extends LifelongState> Contents<S> none() {
      return new Contents<>(Map.of(), null, List.of());
    }

    Contents {
      memory = new HashMap<>(memory);
    }
  }

  /**
   * @param copying makes a state that shares nothing with another
   */
  SimulatedDisk(UnaryOperator<S> copying) {
    this.copying = copying;
  }

  Map<Integer, byte[]> memory() {
    return now.memory;
  }

  List<LogPosition> order() {
    return now.order;
  }

  /** Shares nothing with what was written. */
  Optional<Committed<S>> committed() {
    return Optional.ofNullable(now.committed)
        .map(c -> new Committed<>(copying.apply(c.state()), c.publication()));
  }

  void note(List<LogPosition> order) {
    now = new Contents<>(now.memory, now.committed, List.copyOf(order));
  }

  /** One commit, whole; durable once others followed. */
  void commit(Map<Integer, byte[]> memory, Committed<S> committed) {
    unflushed.addLast(now);
    if (unflushed.size() > UNFLUSHED) {
      unflushed.removeFirst();
    }
    adopt(memory, committed);
  }

  /** Replaces all there is. */
  void adopt(Map<Integer, byte[]> memory, Committed<S> committed) {
    now =
        new Contents<>(
            memory,
            new Committed<>(copying.apply(committed.state()), committed.publication()),
            List.of());
  }

  /** Power fails: some of the newest commits never reached it. */
  void losePower(Fate fate) {
    for (int lost = fate.chance(UNFLUSHED + 1); lost > 0 && !unflushed.isEmpty(); lost--) {
      now = unflushed.removeLast();
      lostCommits++;
    }
  }

  /** It is replaced by an empty one. */
  void lose() {
    now = Contents.none();
    unflushed.clear();
  }

  int lostCommits() {
    return lostCommits;
  }
}
