package io.engram.core.lifelong;

import io.engram.core.continual.ContinualState;
import io.engram.core.evaluation.PrequentialScores;
import io.engram.core.memory.EpisodicMemory;
import io.engram.core.meta.MetaState;
import io.engram.core.network.Head;
import io.engram.core.network.InitialParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a learner is between two groups. Written to the store as a whole; restored, it goes on as if nothing had happened.
 *
 * @param meta θ and what moves it
 * @param memory which tasks are remembered
 * @param stream what a continual learner is beside θ, its memory of examples included; nothing in a learner of tasks
 * @param heldOut examples of the stream that were not learned; none in a learner of tasks
 * @param examination of the newest version that was made
 * @param scores prequential scores
 * @param labels class names by output, in a global label space; else empty
 * @param inputScale running scale of the features, or null where inputs are taken as they are
 * @param targetScale running scale of regression targets, or null
 * @param progress positions and counts
 */
public record LifelongState(
    MetaState meta,
    EpisodicMemory memory,
    ContinualState stream,
    HeldOut heldOut,
    Examination examination,
    PrequentialScores scores,
    List<String> labels,
    @Nullable RunningScale inputScale,
    @Nullable RunningScale targetScale,
    Progress progress) {

  public LifelongState {
    labels = List.copyOf(labels);
  }

  /** Tasks, or examples, remembered. */
  public int remembered() {
    return memory.size() + stream.memory().size();
  }

  /** The same, with a version of it examined. */
  LifelongState with(Examination newest) {
    return new LifelongState(
        meta, memory, stream, heldOut, newest, scores, labels, inputScale, targetScale, progress);
  }

  /** The state before the first task. */
  public static LifelongState initial(LifelongSettings settings) {
    float[] theta = InitialParameters.of(settings.network(), settings.seed(), settings.zeroHead());
    boolean regression = settings.network().head() == Head.MEAN_SQUARED_ERROR;
    return new LifelongState(
        settings.stream() == null
            ? MetaState.initial(theta, settings.network().layout(), settings.meta())
            : MetaState.fixed(theta, 0),
        settings.emptyMemory(),
        ContinualState.NONE,
        HeldOut.NONE,
        Examination.NONE,
        new PrequentialScores(settings.window()),
        List.of(),
        settings.standardise() ? new RunningScale(settings.network().input().size()) : null,
        settings.standardise() && regression
            ? new RunningScale(settings.network().outputs())
            : null,
        Progress.none());
  }
}
