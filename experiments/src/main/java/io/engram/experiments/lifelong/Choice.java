package io.engram.experiments.lifelong;

import io.engram.core.continual.ConsolidatingReplay;
import io.engram.core.continual.ConsolidatingReplay.Step;
import io.engram.core.continual.Teacher;

/** Hyper-parameters of Engram's own learner, but for the memory, which the protocol gives. */
record Choice(int glances, int replayed, Step step, float pull, Teacher teacher) {

  /** The one setting of all protocols. */
  static final Choice CHOSEN =
      new Choice(5, 30, new Step(0.2f, 5, 3), 0.7f, new Teacher(0.45f, 2, 0.005f));

  private static final int ARRIVING = 10;

  /** The same with weights that harden at another pace. */
  Choice withHardening(float other) {
    Step hardened = new Step(step.size(), step.longest(), other);
    return new Choice(glances, replayed, hardened, pull, teacher);
  }

  ConsolidatingReplay.Settings on(Protocol protocol) {
    return new ConsolidatingReplay.Settings(
        new ConsolidatingReplay.Batch(ARRIVING, glances, replayed),
        step,
        pull,
        teacher,
        protocol.memory);
  }
}
