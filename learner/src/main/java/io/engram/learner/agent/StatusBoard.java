package io.engram.learner.agent;

import io.engram.core.evaluation.PrequentialScores;
import io.engram.core.guard.Quarantine;
import io.engram.core.learning.Arrival;
import io.engram.core.learning.LifelongLearner;
import io.engram.core.learning.LifelongState;
import io.engram.core.learning.Progress;
import io.engram.core.learning.Retained;
import io.engram.servicekit.health.Headway;
import io.engram.servicekit.health.Pulse;
import java.util.concurrent.atomic.AtomicLong;

/** Where the agent leaves what others may see of it. Written by the agent's thread, read by any. */
public final class StatusBoard {

  private final int window;
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong leftOut = new AtomicLong();
  private final Pulse pulse = new Pulse();
  private final Phases phases = new Phases();
  private volatile Snapshot snapshot;

  public StatusBoard(int window) {
    this.window = window;
    this.snapshot =
        new Snapshot(
            Progress.none(),
            new Waiting(0, 0, 0),
            0,
            0,
            new PrequentialScores(window),
            Retained.UNKNOWN,
            Quarantine.NONE,
            0);
  }

  /**
   * One consistent view.
   *
   * @param progress as committed
   * @param waiting what came since
   * @param metaUpdates outer steps taken
   * @param memoryTasks tasks remembered; examples by a continual learner
   * @param scores of all tasks scored, the waiting ones included; never changed after it was left here
   * @param retained what the newest version knows of what was held out
   * @param quarantine what was kept out of learning, as committed
   * @param lag records of the log not yet polled
   */
  public record Snapshot(
      Progress progress,
      Waiting waiting,
      long metaUpdates,
      int memoryTasks,
      PrequentialScores scores,
      Retained retained,
      Quarantine quarantine,
      long lag) {}

  /**
   * What came since the last commit.
   *
   * @param tasks that wait for their group to fill
   * @param examples in those
   * @param refused records that could not be learned from
   */
  public record Waiting(int tasks, long examples, long refused) {}

  public Snapshot snapshot() {
    return snapshot;
  }

  /** What the agent spends its time on. */
  public Phases phases() {
    return phases;
  }

  /** Candidates published by this process. */
  public long candidates() {
    return published.get();
  }

  /** Episodes left out by this process because their numbers were not finite. */
  public long leftOutEpisodes() {
    return leftOut.get();
  }

  /** The agent has come round: it has taken up a record, or has found none. */
  void turned() {
    pulse.beat();
  }

  /** How far the agent has come; it has to come round, whether there is something to do or not. */
  public Headway headway() {
    return pulse.headway();
  }

  void leftOut(int episodes) {
    leftOut.addAndGet(episodes);
  }

  void published() {
    published.incrementAndGet();
  }

  void update(LifelongLearner<?, ?> learner, long lag) {
    LifelongState state = learner.state();
    long waitingExamples = 0;
    for (Arrival arrival : learner.waiting()) {
      waitingExamples += arrival.task().examples();
    }
    snapshot =
        new Snapshot(
            state.progress(),
            new Waiting(learner.waiting().size(), waitingExamples, learner.waitingRefused()),
            state.updates(),
            state.remembered(),
            scores(learner),
            state.retained(),
            state.standing().guard().quarantined(),
            lag);
  }

  private PrequentialScores scores(LifelongLearner<?, ?> learner) {
    PrequentialScores committed = learner.state().scores();
    PrequentialScores all =
        PrequentialScores.restore(
            window, committed.firstScores(), committed.lastScores(), committed.tasks());
    learner.waitingScores().forEach(all::add);
    return all;
  }
}
