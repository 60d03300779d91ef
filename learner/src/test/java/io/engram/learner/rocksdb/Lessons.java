package io.engram.learner.rocksdb;

import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.learning.LifelongLearner;
import io.engram.core.learning.Reception;
import io.engram.core.learning.TaskOutcome;
import io.engram.core.learning.TaskSettings;
import io.engram.core.learning.TaskState;
import io.engram.core.learning.tasks.TaskLearning;
import io.engram.core.task.LogPosition;
import io.engram.engine.fused.FusedEngine;
import io.engram.learner.Tasks;
import io.engram.learner.TestSettings;
import io.engram.learner.agent.LearnerStore.Committed;
import io.engram.learner.agent.Publication;
import io.engram.model.TaskCodec;
import java.util.List;

/** A learner without its agent, to fill stores with. */
final class Lessons {

  static final TaskSettings SETTINGS = TestSettings.sinusoid(6);

  private Lessons() {}

  /** Shows tasks {@code from} to {@code to}, the last excluded, to a learner over the store. */
  static TaskState learn(RocksTaskStore store, int from, int to) {
    return learn(store, SETTINGS, from, to);
  }

  /** The same with other settings; every third group makes a version. */
  static TaskState learn(RocksTaskStore store, TaskSettings settings, int from, int to) {
    TaskState state =
        store.load().map(Committed::state).orElseGet(() -> TaskState.initial(settings));
    try (MetaProgram program = new FusedEngine(1).compile(settings.network())) {
      LifelongLearner<TaskState, TaskOutcome> learner =
          TaskLearning.learner(
              settings, program, state, slot -> TaskCodec.decode(store.read(slot)));
      for (int i = from; i < to; i++) {
        byte[] record = Tasks.sinusoid(i);
        Reception reception =
            learner.show(TaskCodec.decode(record), new LogPosition(0, (long) i), record.length);
        if (reception instanceof Reception.GroupComplete) {
          commit(store, learner);
        }
      }
      return learner.state();
    }
  }

  private static void commit(
      RocksTaskStore store, LifelongLearner<TaskState, TaskOutcome> learner) {
    TaskOutcome outcome = learner.decide();
    List<byte[]> records =
        outcome.arrivals().stream()
            .map(arrival -> Tasks.sinusoid((int) arrival.position().offset()))
            .toList();
    learner.apply(outcome);
    long groups = outcome.progress().groups();
    if (groups % 3 == 0) {
      learner.examine();
    }
    store.commit(
        outcome,
        records,
        learner.state(),
        new Publication(groups + "-candidate", (groups - 1) + "-candidate"));
  }
}
