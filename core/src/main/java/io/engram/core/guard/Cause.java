package io.engram.core.guard;

/** Why a task is not learned from. */
public enum Cause {
  /** Labels far beyond all others'. */
  LABELS,
  /** Features far beyond all others', where nothing cuts them. */
  FEATURES,
  /** Learning from it gave numbers that are not finite. */
  DIVERGED,
  /** Its key has had its share of what is learned. */
  SHARE
}
