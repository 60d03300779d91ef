package io.engram.modelregistry.page;

import org.jspecify.annotations.Nullable;

/**
 * What can be said of a study now.
 *
 * @param detail why there is none, or why it is not of now; empty where all is well
 * @param study the last one there was; null before the first
 */
public record StudyReport(State state, String detail, @Nullable Studied study) {

  /** Whether there is one. */
  public enum State {
    /** The study is of the champion. */
    READY,
    /** One is under way; what is shown meanwhile may be of a champion before. */
    COMPUTING,
    /** There is none, and none is coming by itself. */
    NONE
  }

  static StudyReport none(String why) {
    return new StudyReport(State.NONE, why, null);
  }
}
