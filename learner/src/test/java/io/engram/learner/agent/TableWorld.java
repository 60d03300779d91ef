package io.engram.learner.agent;

import io.engram.core.learning.Experience;
import io.engram.core.learning.TableOutcome;
import io.engram.core.learning.TableSettings;
import io.engram.core.learning.TableState;

/** The world of a learner of tables. */
final class TableWorld extends SimulatedWorld<TableState, TableOutcome> {

  private final TableSettings settings;
  private final SimulatedTableStore store;

  TableWorld(TableSettings settings, long seed, double crashes, boolean powerFails, int tasks) {
    super(settings, state -> copy(settings, state), seed, crashes, powerFails, 1, tasks);
    this.settings = settings;
    this.store = new SimulatedTableStore(fate(), disk(), merges());
  }

  TableSettings settings() {
    return settings;
  }

  @Override
  SimulatedTableStore store() {
    return store;
  }

  private static TableState copy(TableSettings settings, TableState state) {
    return new TableState(
        state.model(),
        new Experience(
            state.experience().trust().clone(),
            state.experience().doubt().clone(),
            state.experience().recent().clone()),
        state.growth(),
        settings
            .memory()
            .restore(settings.seed(), state.memory().contents(), state.progress().tasks()),
        state.heldOut(),
        state.examination(),
        TaskWorld.copy(settings.window(), state.standing()));
  }
}
