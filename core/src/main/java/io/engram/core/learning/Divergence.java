package io.engram.core.learning;

import io.engram.core.evaluation.TaskScore;
import io.engram.core.guard.Case;
import io.engram.core.guard.Cause;
import io.engram.core.meta.MetaStep;
import java.util.ArrayList;
import java.util.List;

/** Which tasks of a group went wrong when they were learned from. */
public final class Divergence {

  private static final String NOT_FINITE = "learning from it gave numbers that are not finite";
  private static final String LOST =
      "the parameters were not finite after its group, and are those of before it again";

  private Divergence() {}

  /**
   * Tasks whose own score is no number, or that gave none at any outer step.
   *
   * @param learned those of the group that are learned from; they stand first in each step's batch
   * @param scores of all of the group's tasks
   */
  public static List<Case> of(
      Group group, List<Arrival> learned, List<TaskScore> scores, List<MetaStep> steps) {
    List<Case> diverged = new ArrayList<>();
    for (int i = 0; i < learned.size(); i++) {
      Arrival arrival = learned.get(i);
      int place = i;
      double score = scores.get(group.arrivals().indexOf(arrival)).model();
      boolean never =
          !steps.isEmpty() && steps.stream().allMatch(step -> step.leftOut().contains(place));
      if (never || !Double.isFinite(score)) {
        diverged.add(ofTask(arrival, NOT_FINITE));
      }
    }
    return diverged;
  }

  /** All that was learned from, because it cannot be told which of them ruined the parameters. */
  public static List<Case> ofAll(List<Arrival> learned) {
    return learned.stream().map(arrival -> ofTask(arrival, LOST)).toList();
  }

  private static Case ofTask(Arrival arrival, String reason) {
    return new Case(arrival.task().key(), arrival.position(), Cause.DIVERGED, reason);
  }
}
