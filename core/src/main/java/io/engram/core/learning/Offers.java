package io.engram.core.learning;

import io.engram.core.evaluation.TaskScore;
import io.engram.core.memory.Offer;
import io.engram.core.task.Task;
import java.util.ArrayList;
import java.util.List;

/** A group's tasks as they are offered to an episodic memory. */
public final class Offers {

  private static final float LARGEST_SURPRISE = 10f;

  private Offers() {}

  /**
   * One for each arrival.
   *
   * @param offeredBefore tasks that the memory has been offered
   */
  public static List<Offer> of(ClosedGroup group, long offeredBefore) {
    List<Offer> offers = new ArrayList<>(group.arrivals().size());
    for (int i = 0; i < group.arrivals().size(); i++) {
      Arrival arrival = group.arrivals().get(i);
      offers.add(
          new Offer(
              arrival.position(),
              arrival.task().key(),
              arrival.task().classes(),
              offeredBefore + i,
              arrival.bytes(),
              surprise(arrival.task(), group.scores().get(i))));
    }
    return offers;
  }

  /** 1 − accuracy, or squared error against that of the untrained parameters; a task that went wrong is a surprise too. */
  private static float surprise(Task task, TaskScore score) {
    double surprise = task.classification() ? 1 - score.model() : score.model() / score.untrained();
    return surprise >= 0 && surprise < LARGEST_SURPRISE ? (float) surprise : LARGEST_SURPRISE;
  }
}
