package io.engram.core.learning;

import io.engram.core.evaluation.PrequentialScores;
import io.engram.core.guard.Guard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a learner stands in its stream, whatever it learns from.
 *
 * @param scores prequential scores; live
 * @param labels class names by output, in a global label space; else empty
 * @param inputScale running scale of the features, or null where inputs are taken as they are
 * @param targetScale running scale of regression targets, or null
 * @param progress positions and counts
 * @param guard what is ordinary, and what was kept out; never changed
 */
public record Standing(
    PrequentialScores scores,
    List<String> labels,
    @Nullable RunningScale inputScale,
    @Nullable RunningScale targetScale,
    Progress progress,
    Guard guard) {

  /** With a guard that has seen nothing. */
  public Standing(
      PrequentialScores scores,
      List<String> labels,
      @Nullable RunningScale inputScale,
      @Nullable RunningScale targetScale,
      Progress progress) {
    this(scores, labels, inputScale, targetScale, progress, Guard.blind());
  }

  public Standing {
    labels = List.copyOf(labels);
  }

  /** Before the first task. */
  static Standing initial(LifelongSettings settings) {
    Basics basics = settings.basics();
    boolean scaled = basics.standardise();
    return new Standing(
        new PrequentialScores(basics.window()),
        List.of(),
        scaled ? new RunningScale(basics.network().input().size()) : null,
        scaled && basics.regression() ? new RunningScale(basics.network().outputs()) : null,
        Progress.none(),
        Guard.initial(settings.rules()));
  }

  /** The same with another guard. */
  public Standing guardedBy(Guard other) {
    return new Standing(scores, labels, inputScale, targetScale, progress, other);
  }

  /** After a group, whose scores join the others; but not those of tasks in quarantine, which say nothing of the others. */
  public Standing after(ClosedGroup group) {
    for (int i = 0; i < group.scores().size(); i++) {
      if (!group.keptOut(i)) {
        scores.add(group.scores().get(i));
      }
    }
    return new Standing(
        scores,
        group.labels(),
        group.inputScale(),
        group.targetScale(),
        group.progress(),
        group.guard());
  }
}
