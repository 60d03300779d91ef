package io.engram.learner.agent;

import io.engram.core.evaluation.PrequentialScores;
import io.engram.core.lifelong.LifelongSettings;
import io.engram.core.lifelong.LifelongState;
import io.engram.core.task.LogPosition;
import io.engram.learner.agent.LearnerStore.Committed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What outlives a process: commits, of which a loss of power may take the newest back. */
final class SimulatedDisk {

  private static final int UNFLUSHED = 3;

  private final LifelongSettings settings;
  private final Deque<Contents> unflushed = new ArrayDeque<>();
  private Contents now = Contents.none();
  private int lostCommits;

  /**
   * What lies on it after a commit.
   *
   * @param memory tasks by slot
   * @param order noted since
   */
  private record Contents(
      Map<Integer, byte[]> memory, @Nullable Committed committed, List<LogPosition> order) {

    static Contents none() {
      return new Contents(Map.of(), null, List.of());
    }

    Contents {
      memory = new HashMap<>(memory);
    }
  }

  SimulatedDisk(LifelongSettings settings) {
    this.settings = settings;
  }

  Map<Integer, byte[]> memory() {
    return now.memory;
  }

  List<LogPosition> order() {
    return now.order;
  }

  /** Shares nothing with what was written. */
  Optional<Committed> committed() {
    return Optional.ofNullable(now.committed)
        .map(c -> new Committed(copy(c.state()), c.publication()));
  }

  void note(List<LogPosition> order) {
    now = new Contents(now.memory, now.committed, List.copyOf(order));
  }

  /** One commit, whole; durable once others followed. */
  void commit(Map<Integer, byte[]> memory, Committed committed) {
    unflushed.addLast(now);
    if (unflushed.size() > UNFLUSHED) {
      unflushed.removeFirst();
    }
    adopt(memory, committed);
  }

  /** Replaces all there is. */
  void adopt(Map<Integer, byte[]> memory, Committed committed) {
    now =
        new Contents(
            memory, new Committed(copy(committed.state()), committed.publication()), List.of());
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

  private LifelongState copy(LifelongState state) {
    return new LifelongState(
        state.meta().copy(),
        settings.restoreMemory(state.memory().contents(), state.progress().tasks()),
        state.stream(),
        state.heldOut(),
        state.examination(),
        PrequentialScores.restore(
            settings.window(),
            state.scores().firstScores(),
            state.scores().lastScores(),
            state.scores().tasks()),
        state.labels(),
        state.inputScale(),
        state.targetScale(),
        state.progress());
  }
}
