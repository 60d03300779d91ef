package io.engram.cli.view;

import io.engram.core.evaluation.ScoreWindow;
import io.engram.model.Measure;
import java.util.List;

/**
 * A run at one moment. Counts go on from the first start in the state directory; seconds are of this process.
 *
 * @param sent examples and bad rows sent by the source
 * @param inTasks examples in tasks that the learner has taken up
 * @param rejected records on the topic of rejected examples
 * @param open examples that wait in ingest for their task to be complete
 * @param tasks taken up by the learner
 * @param refusedTasks the learner could not learn from, e.g. more classes than outputs
 * @param metaUpdates outer steps
 * @param memoryTasks tasks remembered
 * @param modelVersion newest version the subscriber holds; 0 before the first
 * @param measure of the scores
 * @param first means over the first window of tasks
 * @param last means over the last window of tasks
 * @param newestScores of the model, oldest first
 * @param seconds since the start
 */
public record RunStatus(
    long sent,
    long inTasks,
    long rejected,
    long open,
    long tasks,
    long refusedTasks,
    long metaUpdates,
    int memoryTasks,
    long modelVersion,
    Measure measure,
    ScoreWindow first,
    ScoreWindow last,
    List<Double> newestScores,
    double seconds) {

  public RunStatus {
    newestScores = List.copyOf(newestScores);
  }

  /** Records sent that are not in a task of the learner, rejected or open: on their way, or in refused tasks. */
  public long elsewhere() {
    return sent - inTasks - rejected - open;
  }
}
