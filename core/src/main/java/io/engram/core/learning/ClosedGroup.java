package io.engram.core.learning;

import io.engram.core.evaluation.TaskScore;
import io.engram.core.guard.Case;
import io.engram.core.guard.Guard;
import io.engram.core.task.LogPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A complete group and where its learner stands after it, whatever it learned from it.
 *
 * @param arrivals its tasks
 * @param scores one per arrival, from before it was learned from
 * @param labels the global label space after the group
 * @param inputScale after the group
 * @param targetScale after the group
 * @param progress after the group
 * @param guard after the group
 * @param quarantined those of its tasks that are not learned from, and are not remembered, in their order
 */
public record ClosedGroup(
    List<Arrival> arrivals,
    List<TaskScore> scores,
    List<String> labels,
    @Nullable RunningScale inputScale,
    @Nullable RunningScale targetScale,
    Progress progress,
    Guard guard,
    List<Case> quarantined) {

  /** With nothing in quarantine. */
  public ClosedGroup(
      List<Arrival> arrivals,
      List<TaskScore> scores,
      List<String> labels,
      @Nullable RunningScale inputScale,
      @Nullable RunningScale targetScale,
      Progress progress) {
    this(arrivals, scores, labels, inputScale, targetScale, progress, Guard.blind(), List.of());
  }

  public ClosedGroup {
    arrivals = List.copyOf(arrivals);
    scores = List.copyOf(scores);
    labels = List.copyOf(labels);
    quarantined = List.copyOf(quarantined);
    if (arrivals.size() != scores.size()) {
      throw new IllegalArgumentException(
          "every task of a group has one score, found %d for %d tasks"
              .formatted(scores.size(), arrivals.size()));
    }
  }

  /** Whether its task number {@code i} is in quarantine. */
  public boolean keptOut(int i) {
    LogPosition position = arrivals.get(i).position();
    return quarantined.stream().anyMatch(it -> it.position().equals(position));
  }
}
