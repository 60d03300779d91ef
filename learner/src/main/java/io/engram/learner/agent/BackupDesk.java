package io.engram.learner.agent;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where backups of a learner at work are asked for.
 *
 * <p><b>Threading:</b> the agent's thread only, between two groups, so that a backup is what a commit has left. <b>Cost:</b> called often;
 * must be cheap while nothing is asked. <b>Failure:</b> a backup that fails is the asker's trouble and never stops the learner.
 */
@FunctionalInterface
public interface BackupDesk {

  /** Nobody ever asks. */
  BackupDesk CLOSED = backup -> {};

  /**
   * Carries out what is asked for, if anything is.
   *
   * @param backup copies the store to a directory, or throws
   */
  void serve(Consumer<Path> backup);
}
