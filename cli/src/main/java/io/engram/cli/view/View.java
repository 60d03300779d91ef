package io.engram.cli.view;

/** Shows a run. Called by one thread. */
public interface View extends AutoCloseable {

  /** How a run ended. */
  enum Ending {
    /** The source has ended and all of it was learned from. */
    COMPLETE,
    /** Somebody stopped it. */
    INTERRUPTED
  }

  /** Something that takes a while has begun. */
  void note(String text);

  /** Something about the data that is to stay readable. */
  void remark(String text);

  /** Everything is started. */
  void started(RunInfo info);

  /** How it goes; called about every second. */
  void progress(RunStatus status);

  /** The last word. */
  void ended(RunStatus status, Ending ending);

  @Override
  default void close() {}
}
