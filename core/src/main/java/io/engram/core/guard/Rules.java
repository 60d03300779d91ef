package io.engram.core.guard;

import io.engram.core.network.NetworkSpec;

/**
 * By what a learner's tasks are judged.
 *
 * @param inputs what becomes of features before they are learned from
 * @param inputColumns features of an example
 * @param labelColumns numbers of a label; 0 where labels are classes
 */
public record Rules(Limits limits, Inputs inputs, int inputColumns, int labelColumns) {

  /** What becomes of features before they are learned from. */
  public enum Inputs {
    /** Scaled column by column, and cut where they lie too far out. */
    SCALED,
    /** Taken as they are. */
    RAW,
    /** Measured by the learner itself, which cuts them. */
    MEASURED
  }

  /**
   * Those of a learner with this network.
   *
   * @param regression whether labels are numbers
   */
  public static Rules of(Limits limits, Inputs inputs, NetworkSpec network, boolean regression) {
    return new Rules(limits, inputs, network.input().size(), regression ? network.outputs() : 0);
  }

  boolean judges() {
    return limits.labels() > 0;
  }

  Reach ofLabels() {
    return Reach.ofLabels(limits.labels());
  }

  Reach ofInputs() {
    return inputs == Inputs.RAW
        ? Reach.ofRawInputs(limits.labels())
        : Reach.ofScaledInputs(limits.labels());
  }
}
