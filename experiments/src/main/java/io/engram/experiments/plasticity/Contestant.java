package io.engram.experiments.plasticity;

import io.engram.core.continual.ConsolidatingReplay;
import io.engram.core.continual.ContinualBackprop;
import io.engram.core.continual.DurableSettings;
import io.engram.core.continual.OnlineSgd;
import io.engram.core.continual.ShrinkAndPerturb;
import io.engram.core.continual.Teacher;

/** The learners that are compared: the baseline, the repairs of the literature on the same steps, and ours. */
enum Contestant {
  SGD("online SGD .003"),
  SGD_LARGE("online SGD .01"),
  L2("L2"),
  SHRINK_AND_PERTURB("shrink and perturb"),
  CONTINUAL_BACKPROP("continual backprop 1e-4"),
  CONTINUAL_BACKPROP_5("continual backprop 1e-5"),
  CONTINUAL_BACKPROP_6("continual backprop 1e-6"),
  /** With the one setting of all protocols of {@code bench lifelong}. */
  REPLAY("consolidating-replay"),
  /** The same, whose importance and memory fade, and whose weights decay. */
  REPLAY_FADING("consolidating-replay, fading");

  /** The paper's step that is quoted beside. */
  private static final float STEP = 0.003f;

  private final String label;

  Contestant(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** Its hyper-parameters. */
  DurableSettings settings() {
    return switch (this) {
      case SGD -> new OnlineSgd.Settings(1, STEP, 1);
      case SGD_LARGE -> new OnlineSgd.Settings(1, 0.01f, 1);
      case L2 -> new ShrinkAndPerturb.Settings(1, STEP, 1 - STEP * 1e-3f, 0f, 1);
      case SHRINK_AND_PERTURB -> new ShrinkAndPerturb.Settings(1, STEP, 0.997f, 3e-4f, 1000);
      case CONTINUAL_BACKPROP -> backprop(1e-4f);
      case CONTINUAL_BACKPROP_5 -> backprop(1e-5f);
      case CONTINUAL_BACKPROP_6 -> backprop(1e-6f);
      case REPLAY -> replay(0f, 0f);
      case REPLAY_FADING -> replay(1e-3f, 3e-4f);
    };
  }

  /** Whether it is Engram's. */
  boolean ours() {
    return this == REPLAY || this == REPLAY_FADING;
  }

  /** Rough µs of the processor for an example, for the remaining time. */
  double weight() {
    return switch (this) {
      case SGD, SGD_LARGE -> 15;
      case L2, SHRINK_AND_PERTURB, CONTINUAL_BACKPROP, CONTINUAL_BACKPROP_5, CONTINUAL_BACKPROP_6 ->
          30;
      case REPLAY, REPLAY_FADING -> 120;
    };
  }

  private static DurableSettings backprop(float replacement) {
    return new ContinualBackprop.Settings(1, STEP, replacement, 100, 0.99f);
  }

  private static DurableSettings replay(float fading, float decay) {
    return new ConsolidatingReplay.Settings(
        new ConsolidatingReplay.Batch(10, 5, 30),
        new ConsolidatingReplay.Step(0.2f, 5f, 3f, fading, decay),
        0.7f,
        new Teacher(0.45f, 2f, 0.005f),
        200);
  }
}
