package io.engram.modelregistry.page;

/**
 * How one role is.
 *
 * @param name for people: "learner"
 * @param detail what it waits for, since when it stands still, or why it is not there; empty where it runs
 */
public record RoleState(String name, State state, String detail) {

  /** Whether it gets something done. */
  public enum State {
    /** It is there and well. */
    RUNNING,
    /** It waits for something that does not answer. */
    WAITING,
    /** There is work, and nothing gets done. */
    STALLED,
    /** It has ended, or does not answer. */
    STOPPED
  }

  /** One that is well. */
  public static RoleState running(String name) {
    return new RoleState(name, State.RUNNING, "");
  }
}
