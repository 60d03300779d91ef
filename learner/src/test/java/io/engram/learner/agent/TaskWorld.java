package io.engram.learner.agent;

import io.engram.core.evaluation.PrequentialScores;
import io.engram.core.learning.Standing;
import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;

/** The world of a learner of tasks. */
final class TaskWorld extends SimulatedWorld<TaskState, TaskOutcome> {

  private final TaskSettings settings;
  private final SimulatedTaskStore store;

  TaskWorld(
      TaskSettings settings,
      long seed,
      double crashes,
      boolean powerFails,
      int partitions,
      int tasks) {
    super(settings, state -> copy(settings, state), seed, crashes, powerFails, partitions, tasks);
    this.settings = settings;
    this.store = new SimulatedTaskStore(fate(), disk(), merges());
  }

  TaskSettings settings() {
    return settings;
  }

  @Override
  SimulatedTaskStore store() {
    return store;
  }

  private static TaskState copy(TaskSettings settings, TaskState state) {
    return new TaskState(
        state.meta().copy(),
        settings
            .memory()
            .restore(settings.seed(), state.memory().contents(), state.progress().tasks()),
        state.heldOut(),
        state.examination(),
        copy(settings.window(), state.standing()));
  }

  /** Scores are the one thing in it that changes. */
  static Standing copy(int window, Standing standing) {
    PrequentialScores scores = standing.scores();
    return new Standing(
        PrequentialScores.restore(
            window, scores.firstScores(), scores.lastScores(), scores.tasks()),
        standing.labels(),
        standing.inputScale(),
        standing.targetScale(),
        standing.progress(),
        standing.guard().copy());
  }
}
