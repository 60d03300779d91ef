package io.engram.core.lifelong;

import io.engram.core.continual.ContinualState;
import io.engram.core.evaluation.TaskScore;
import io.engram.core.memory.Admission;
import io.engram.core.memory.Offer;
import io.engram.core.meta.MetaState;
import io.engram.core.meta.MetaStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from one group: decided by {@link LifelongLearner#decide()}, applied by {@link LifelongLearner#apply},
 * made durable by a store.
 *
 * @param arrivals the group
 * @param scores one per arrival, from before it was learned from
 * @param offers one per arrival, to the memory of tasks; none where single examples are learned from
 * @param admissions one per offer
 * @param meta θ and its company after the group's outer steps
 * @param stream what a continual learner is beside θ after the group
 * @param heldOut examples that were not learned, after the group
 * @param labels the global label space after the group
 * @param inputScale after the group
 * @param targetScale after the group
 * @param progress after the group
 * @param steps what each outer step saw
 */
public record GroupOutcome(
    List<Arrival> arrivals,
    List<TaskScore> scores,
    List<Offer> offers,
    List<Admission> admissions,
    MetaState meta,
    ContinualState stream,
    HeldOut heldOut,
    List<String> labels,
    @Nullable RunningScale inputScale,
    @Nullable RunningScale targetScale,
    Progress progress,
    List<MetaStep> steps) {

  public GroupOutcome {
    arrivals = List.copyOf(arrivals);
    scores = List.copyOf(scores);
    offers = List.copyOf(offers);
    admissions = List.copyOf(admissions);
    labels = List.copyOf(labels);
    steps = List.copyOf(steps);
  }
}
