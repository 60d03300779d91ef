package io.engram.learner;

import io.engram.core.evaluation.ScoreWindow;
import io.engram.model.Measure;
import java.util.List;

/**
 * What a learner shows of itself.
 *
 * @param tasks scored or waiting to be, ever
 * @param examples in those tasks, support and query
 * @param refusedTasks records of the log that could not be learned from, ever
 * @param metaUpdates outer steps, ever; batches learned by a continual learner
 * @param memoryTasks tasks remembered; examples by a continual learner
 * @param divergedEpisodes left out by this process because their numbers were not finite
 * @param candidates published by this process
 * @param lag tasks in the log not yet taken up
 * @param measure of the scores
 * @param first mean scores over the first window of tasks
 * @param last mean scores over the last window of tasks
 * @param retained what the newest candidate still knows of the whole past; NaN where it does not say so
 * @param newestScores the last scores of the model, oldest first, for a sparkline
 */
public record LearnerStatus(
    long tasks,
    long examples,
    long refusedTasks,
    long metaUpdates,
    int memoryTasks,
    long divergedEpisodes,
    long candidates,
    long lag,
    Measure measure,
    ScoreWindow first,
    ScoreWindow last,
    double retained,
    List<Double> newestScores) {

  public LearnerStatus {
    newestScores = List.copyOf(newestScores);
  }
}
