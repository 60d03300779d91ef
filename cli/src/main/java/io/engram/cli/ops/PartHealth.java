package io.engram.cli.ops;

/**
 * How one part is.
 *
 * @param name for people: "the learner"
 * @param detail what it waits for, since when it stands still, or why it has stopped; empty where it is well
 */
public record PartHealth(String name, State state, String detail) {

  /** Whether it gets something done. */
  public enum State {
    /** There, and whatever there was to do is done. */
    WELL,
    /** It waits for something that does not answer. */
    WAITING,
    /** There is work, and nothing gets done. */
    STALLED,
    /** It has ended. */
    STOPPED
  }
}
