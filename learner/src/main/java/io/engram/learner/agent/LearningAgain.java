package io.engram.learner.agent;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A continual learner is more than θ and remembers examples with what it answered; a learner of tables is more than its model too. With its disk
 * lost it learns the log again, and is the same again if the log is whole.
 */
public final class LearningAgain implements Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(LearningAgain.class);

  private final LearnerStore<?, ?> store;
  private final PublishedModels published;

  public LearningAgain(LearnerStore<?, ?> store, PublishedModels published) {
    this.store = store;
    this.published = published;
  }

  @Override
  public Optional<Report> ifLost() {
    Recovery.lost(store, published)
        .ifPresent(
            champion ->
                LOG.warn(
                    "the store is empty, though candidate {} is the champion: a version does not say all that such a learner remembers, so the tasks topic is learned again from its beginning",
                    champion.id()));
    return Optional.empty();
  }
}
