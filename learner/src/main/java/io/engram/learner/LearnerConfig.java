package io.engram.learner;

import io.engram.core.learning.LifelongSettings;
import io.engram.learner.agent.Wishes;

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
 * @param wishes what every version is to say
 */
public record LearnerConfig(
    String modelName,
    StoreConfig store,
    LifelongSettings settings,
    int publishEvery,
    int readAhead,
    EngineConfig engine,
    short replication,
    Wishes wishes) {

  /** Of examples that nobody describes, judged as it is usual. */
  public LearnerConfig(
      String modelName,
      StoreConfig store,
      LifelongSettings settings,
      int publishEvery,
      int readAhead,
      EngineConfig engine,
      short replication) {
    this(modelName, store, settings, publishEvery, readAhead, engine, replication, Wishes.NONE);
  }

  public LearnerConfig {
    if (!modelName.matches("[a-zA-Z0-9._-]+")) {
      throw new IllegalArgumentException(
          "model name may hold letters, digits, '.', '_' and '-', found '" + modelName + "'");
    }
    if (publishEvery < 1) {
      throw new IllegalArgumentException("publish-every must be at least 1, found " + publishEvery);
    }
    wishes.requireFits(settings.network().head());
    if (readAhead < 0) {
      throw new IllegalArgumentException(
          "read-ahead must be 0 (none) or more tasks, found " + readAhead);
    }
  }
}
