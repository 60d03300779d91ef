package io.engram.core.learning;

import io.engram.core.evaluation.TaskScore;
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
 */
public record ClosedGroup(
    List<Arrival> arrivals,
    List<TaskScore> scores,
    List<String> labels,
    @Nullable RunningScale inputScale,
    @Nullable RunningScale targetScale,
    Progress progress) {

  public ClosedGroup {
    arrivals = List.copyOf(arrivals);
    scores = List.copyOf(scores);
    labels = List.copyOf(labels);
    if (arrivals.size() != scores.size()) {
      throw new IllegalArgumentException(
          "every task of a group has one score, found %d for %d tasks"
              .formatted(scores.size(), arrivals.size()));
    }
  }
}
