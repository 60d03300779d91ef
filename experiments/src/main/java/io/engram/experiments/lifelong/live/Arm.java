package io.engram.experiments.lifelong.live;

import java.util.List;

/**
 * What is compared. All take the same tasks in the same groups; those that learn visit equally many episodes a group and take equally many
 * inner steps.
 */
enum Arm {
  FULL("full", Arm.REMEMBERED, Arm.OUTER_STEPS),
  /** Twice as many outer steps on the group's own tasks stand in for the remembered ones. */
  WITHOUT_REPLAY("without replay", 0, 2 * Arm.OUTER_STEPS),
  /** θ₀, adapted in the same way. */
  WITHOUT_META_UPDATES("without meta-updates", 0, 0);

  /** Arriving tasks of a group. */
  static final int GROUP = 4;

  private static final int REMEMBERED = GROUP;
  private static final int OUTER_STEPS = 4;

  private final String label;
  private final int replay;
  private final int outerSteps;

  Arm(String label, int replay, int outerSteps) {
    this.label = label;
    this.replay = replay;
    this.outerSteps = outerSteps;
  }

  String label() {
    return label;
  }

  /** Its part of the configuration. */
  List<String> assignments() {
    return List.of(
        "learner.group-size=" + GROUP,
        "learner.replay=" + replay,
        "learner.outer-steps=" + outerSteps);
  }
}
