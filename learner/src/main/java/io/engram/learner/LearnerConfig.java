package io.engram.learner;

import io.engram.core.learning.LifelongSettings;
import java.nio.file.Path;

/**
 * A learner service.
 *
 * @param modelName whose candidates it publishes
 * @param directory of its own, for its store
 * @param settings how it learns
 * @param publishEvery groups between two candidates
 * @param readAhead remembered tasks that are read before they are needed, on a thread of their own; 0 for none
 * @param engine what it computes with
 * @param sync whether a commit survives the loss of power, not only of the process
 * @param rebuild whether an empty store takes θ from the champion and the memory from the log, or begins untrained
 * @param replication of {@code model-candidates}, should the topic have to be made; −1 for the broker's default
 */
public record LearnerConfig(
    String modelName,
    Path directory,
    LifelongSettings settings,
    int publishEvery,
    int readAhead,
    EngineConfig engine,
    boolean sync,
    boolean rebuild,
    short replication) {

  public LearnerConfig {
    if (!modelName.matches("[a-zA-Z0-9._-]+")) {
      throw new IllegalArgumentException(
          "model name may hold letters, digits, '.', '_' and '-', found '" + modelName + "'");
    }
    if (publishEvery < 1) {
      throw new IllegalArgumentException("publish-every must be at least 1, found " + publishEvery);
    }
    if (readAhead < 0) {
      throw new IllegalArgumentException(
          "read-ahead must be 0 (none) or more tasks, found " + readAhead);
    }
  }
}
