package io.engram.core.guard;

/**
 * The most that is believed of one task, and of one key.
 *
 * @param labels deviations from the mean beyond which a label is absurd; a task whose labels lie two fifths of that out on average is absurd
 *     too; 0 for no limit
 * @param share of the tasks learned from lately that may be of one key while more than half of those that come are its own, above 0; 1 for no limit.
 *     Where few keys are active it may have twice its even part
 * @param step contribution of an episode to an outer step, in usual lengths of such a step: what is longer is shortened to it; 0 for no
 *     limit
 * @param bytes size of a task as it came, beyond which it is not even decoded; 0 for no limit
 */
public record Limits(double labels, double share, double step, long bytes) {

  /** What reference.conf has. */
  public static final Limits USUAL = new Limits(50, 0.1, 100, 0);

  /** Everything is believed. */
  public static final Limits NONE = new Limits(0, 1, 0, 0);

  public Limits {
    if (!(labels == 0 || labels >= 1)) {
      throw new IllegalArgumentException(
          "labels must be 0 (no limit) or at least 1 deviation, found " + labels);
    }
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be above 0 and at most 1, found " + share);
    }
    if (!(step == 0 || step >= 1)) {
      throw new IllegalArgumentException(
          "step must be 0 (no limit) or at least 1 usual step, found " + step);
    }
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes must be 0 (no limit) or more, found " + bytes);
    }
  }
}
