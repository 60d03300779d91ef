package io.engram.learner.agent;

import io.engram.core.learning.Stages;
import io.engram.learner.agent.Phases.Phase;

/** Counts the stages of learning among the phases, each from the end of the one before. The learner's thread only. */
final class StageClock implements Stages {

  private final Phases phases;
  private long since;

  StageClock(Phases phases) {
    this.phases = phases;
  }

  /** Begins now. */
  void begin() {
    since = System.nanoTime();
  }

  @Override
  public void ended(Stage stage) {
    ended(
        switch (stage) {
          case SCORE -> Phase.SCORE;
          case DRAW -> Phase.DRAW;
          case GRADIENT -> Phase.GRADIENT;
          case OUTER -> Phase.OUTER;
        });
  }

  /** A phase has ended, and the next begins. */
  void ended(Phase phase) {
    since = phases.done(phase, since);
  }
}
