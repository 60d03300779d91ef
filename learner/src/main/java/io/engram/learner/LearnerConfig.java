package io.engram.learner;

import io.engram.core.learning.LifelongSettings;
import io.engram.model.ColumnsNote;

/**
 * A learner service.
 *
 * @param modelName whose candidates it publishes
 * @param store where it keeps what it learned
 * @param settings how it learns
 * @param publishEvery groups between two candidates
 * @param readAhead remembered tasks that are read before they are needed, on a thread of their own; 0 for none
 * @param engine what it computes with
 * @param replication of {@code model-candidates}, should the topic have to be made; −1 for the broker's default
 * @param columns how the columns of a table became its examples' features, which travels with every version; empty if nobody says
 */
public record LearnerConfig(
    String modelName,
    StoreConfig store,
    LifelongSettings settings,
    int publishEvery,
    int readAhead,
    EngineConfig engine,
    short replication,
    String columns) {

  /** Of examples that nobody describes. */
  public LearnerConfig(
      String modelName,
      StoreConfig store,
      LifelongSettings settings,
      int publishEvery,
      int readAhead,
      EngineConfig engine,
      short replication) {
    this(modelName, store, settings, publishEvery, readAhead, engine, replication, "");
  }

  public LearnerConfig {
    if (!modelName.matches("[a-zA-Z0-9._-]+")) {
      throw new IllegalArgumentException(
          "model name may hold letters, digits, '.', '_' and '-', found '" + modelName + "'");
    }
    if (publishEvery < 1) {
      throw new IllegalArgumentException("publish-every must be at least 1, found " + publishEvery);
    }
    if (columns.length() > ColumnsNote.LONGEST) {
      throw new IllegalArgumentException(
          "columns must have at most %,d characters, found %,d"
              .formatted(ColumnsNote.LONGEST, columns.length()));
    }
    if (readAhead < 0) {
      throw new IllegalArgumentException(
          "read-ahead must be 0 (none) or more tasks, found " + readAhead);
    }
  }
}
