package io.engram.core.learning;

import io.engram.core.evaluation.PrequentialScores;
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
 */
public record Standing(
    PrequentialScores scores,
    List<String> labels,
    @Nullable RunningScale inputScale,
    @Nullable RunningScale targetScale,
    Progress progress) {

  public Standing {
    labels = List.copyOf(labels);
  }

  /** Before the first task. */
  static Standing initial(Basics basics) {
    boolean scaled = basics.standardise();
    return new Standing(
        new PrequentialScores(basics.window()),
        List.of(),
        scaled ? new RunningScale(basics.network().input().size()) : null,
        scaled && basics.regression() ? new RunningScale(basics.network().outputs()) : null,
        Progress.none());
  }

  /** After a group, whose scores join the others. */
  public Standing after(ClosedGroup group) {
    group.scores().forEach(scores::add);
    return new Standing(
        scores, group.labels(), group.inputScale(), group.targetScale(), group.progress());
  }
}
