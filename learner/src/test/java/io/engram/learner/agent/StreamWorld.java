package io.engram.learner.agent;

import io.engram.core.learning.StreamOutcome;
import io.engram.core.learning.StreamSettings;
import io.engram.core.learning.StreamState;

/** The world of a learner of single examples. */
final class StreamWorld extends SimulatedWorld<StreamState, StreamOutcome> {

  private final StreamSettings settings;
  private final SimulatedStore<StreamState, StreamOutcome> store;

  StreamWorld(
      StreamSettings settings,
      long seed,
      double crashes,
      boolean powerFails,
      int partitions,
      int tasks) {
    super(settings, state -> copy(settings, state), seed, crashes, powerFails, partitions, tasks);
    this.settings = settings;
    this.store = new SimulatedStore<>(fate(), disk(), merges());
  }

  StreamSettings settings() {
    return settings;
  }

  @Override
  SimulatedStore<StreamState, StreamOutcome> store() {
    return store;
  }

  private static StreamState copy(StreamSettings settings, StreamState state) {
    return new StreamState(
        state.theta().clone(),
        state.updates(),
        state.learner(),
        state.heldOut(),
        state.examination(),
        TaskWorld.copy(settings.window(), state.standing()));
  }
}
