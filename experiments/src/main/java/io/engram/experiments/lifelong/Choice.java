package io.engram.experiments.lifelong;

import io.engram.core.continual.ConsolidatingReplay;

/** Hyper-parameters of Engram's own learner, but for the memory, which the protocol gives. */
record Choice(
    int glances,
    int replayed,
    float step,
    float longest,
    float hardening,
    float pull,
    float teaching,
    float trust,
    float slowness) {

  /** The one setting of all protocols. */
  static final Choice CHOSEN = new Choice(5, 30, 0.2f, 5, 3, 0.7f, 0.45f, 2, 0.005f);

  private static final int ARRIVING = 10;

  /** The same with weights that harden at another pace. */
  Choice withHardening(float other) {
    return new Choice(glances, replayed, step, longest, other, pull, teaching, trust, slowness);
  }

  ConsolidatingReplay.Settings on(Protocol protocol) {
    return new ConsolidatingReplay.Settings(
        ARRIVING,
        glances,
        replayed,
        step,
        longest,
        hardening,
        pull,
        teaching,
        trust,
        slowness,
        protocol.memory);
  }
}
