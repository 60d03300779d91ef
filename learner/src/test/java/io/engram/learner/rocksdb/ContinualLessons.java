package io.engram.learner.rocksdb;

import io.engram.core.learning.LifelongLearner;
import io.engram.core.learning.Reception;
import io.engram.core.learning.StreamOutcome;
import io.engram.core.learning.StreamSettings;
import io.engram.core.learning.StreamState;
import io.engram.core.learning.stream.StreamLearning;
import io.engram.core.task.LogPosition;
import io.engram.engine.fused.FusedEngine;
import io.engram.learner.DriftingClasses;
import io.engram.learner.agent.LearnerStore.Committed;
import io.engram.learner.agent.Publication;
import io.engram.model.TaskCodec;
import java.util.List;

/** A continual learner without its agent, to fill stores with. */
final class ContinualLessons {

  private ContinualLessons() {}

  /** Shows tasks {@code from} to {@code to}, the last excluded, to a learner over the store. */
  static StreamState learn(RocksStreamStore store, StreamSettings settings, int from, int to) {
    StreamState state =
        store.load().map(Committed::state).orElseGet(() -> StreamState.initial(settings));
    LifelongLearner<StreamState, StreamOutcome> learner =
        StreamLearning.learner(
            settings, new FusedEngine(1).compileStream(settings.network()), state);
    for (int i = from; i < to; i++) {
      byte[] record = DriftingClasses.task(i);
      Reception reception =
          learner.show(TaskCodec.decode(record), new LogPosition(0, (long) i), record.length);
      if (reception instanceof Reception.GroupComplete) {
        StreamOutcome outcome = learner.decide();
        learner.apply(outcome);
        learner.examine();
        store.commit(outcome, List.of(), learner.state(), new Publication(i + "-candidate", null));
      }
    }
    return learner.state();
  }
}
