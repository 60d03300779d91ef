package io.engram.cli.view;

import io.engram.learner.Learned;
import io.engram.learner.ScoresShown;
import io.engram.predict.PredictStatus;

/**
 * A run at one moment. Counts go on from the first start in the state directory; seconds are of this process.
 *
 * @param sent examples and bad rows sent by the source
 * @param rejectedBy records on the topic of rejected examples, and why they are there
 * @param leftOver of those, examples too few of their key to be a task
 * @param open examples that wait in ingest for their task to be complete
 * @param learned by the learner; refused are tasks with more classes than outputs, for instance
 * @param scores of the learner's tasks
 * @param modelVersion newest version the subscriber holds; 0 before the first
 * @param answers to examples without a label
 * @param seconds since the start
 */
public record RunStatus(
    long sent,
    RejectedBy rejectedBy,
    long leftOver,
    long open,
    Learned learned,
    ScoresShown scores,
    long modelVersion,
    PredictStatus answers,
    double seconds) {

  /** Records on the topic of rejected examples. */
  public long rejected() {
    return rejectedBy.count();
  }

  /** Whether more was rejected than was not, so that hardly anything can have been learned. */
  public boolean mostlyRejected() {
    return rejected() > sent - rejected();
  }

  /** Examples in tasks that the learner has taken up. */
  public long inTasks() {
    return learned.examples();
  }

  /** Records sent that are not in a task of the learner, rejected or open: on their way, or in refused tasks. */
  public long elsewhere() {
    return sent - inTasks() - rejected() - open;
  }
}
