package io.engram.learner.agent;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done where a store is empty although a version of its model is published: the learner has lost its disk. */
public sealed interface Recovery permits Rebuild, LearningAgain {

  /**
   * Does it.
   *
   * @return what was rebuilt; nothing where nothing was lost, or nothing can be rebuilt
   * @throws IllegalStateException if there is a champion that the configuration cannot go on from
   */
  Optional<Report> ifLost();

  /**
   * What was rebuilt and what could not be.
   *
   * @param championId whose θ it is
   * @param tasks the champion had learned from
   * @param tasksInLog of those, still in the log
   * @param memoryTasks remembered now
   */
  public record Report(String championId, long tasks, long tasksInLog, int memoryTasks) {

    @Override
    public String toString() {
      return ("the store is empty: rebuilt from champion %s, which had learned from %d tasks; %d of them are still in the log "
              + "(%d are gone with its retention), %d are remembered. The optimiser's moments and the scores begin anew")
          .formatted(championId, tasks, tasksInLog, Math.max(0, tasks - tasksInLog), memoryTasks);
    }
  }

  /** The champion of a store that is lost; nothing where the store is not empty, or never was anything else. */
  static Optional<Candidate> lost(LearnerStore<?, ?> store, PublishedModels published) {
    if (!store.fresh()) {
      return Optional.empty();
    }
    Optional<Candidate> champion = published.champion();
    if (champion.isEmpty()) {
      Logger log = LoggerFactory.getLogger(Recovery.class);
      log.info("the store is empty and no version is published to go on from: starting untrained");
    }
    return champion;
  }
}
