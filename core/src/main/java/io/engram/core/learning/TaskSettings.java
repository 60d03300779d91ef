package io.engram.core.learning;

import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.memory.MemorySettings;
import io.engram.core.meta.MetaSettings;
import io.engram.core.network.Head;
import java.util.function.Function;

/**
 * How a learner of tasks learns.
 *
 * @param meta the meta-algorithm
 * @param outer the outer steps after each group
 * @param memory which tasks are kept and replayed
 * @param scoring which batch statistics query examples are scored with
 * @param labelSpace what a classifier's outputs stand for
 * @param holdOut which tasks are not learned from but kept to score versions with
 */
public record TaskSettings(
    Basics basics,
    MetaSettings meta,
    OuterSteps outer,
    MemorySettings memory,
    NormalizationMode scoring,
    LabelSpace labelSpace,
    HoldOut holdOut)
    implements LifelongSettings {

  public TaskSettings {
    Head head = basics.network().head();
    if (outer.mixClasses()
        && (labelSpace == LabelSpace.GLOBAL || head != Head.SOFTMAX_CROSS_ENTROPY)) {
      throw new IllegalArgumentException(
          "mix-classes deals out the classes of classification tasks with a label space of their own; the label space is "
              + labelSpace
              + " and the network ends in "
              + head);
    }
  }

  /** All tasks are learned from. */
  public TaskSettings(
      Basics basics,
      MetaSettings meta,
      OuterSteps outer,
      MemorySettings memory,
      NormalizationMode scoring,
      LabelSpace labelSpace) {
    this(basics, meta, outer, memory, scoring, labelSpace, HoldOut.NONE);
  }

  /** Which tasks are not learned from. */
  public TaskHoldOut heldOut() {
    return new TaskHoldOut(holdOut, seed());
  }

  @Override
  public <R> R either(
      Function<? super TaskSettings, ? extends R> ofTasks,
      Function<? super StreamSettings, ? extends R> ofStream,
      Function<? super TableSettings, ? extends R> ofTables) {
    return ofTasks.apply(this);
  }

  @Override
  public AdaptationRule adaptation() {
    return new AdaptationRule(meta.inner(), meta.learned(), scoring);
  }

  /** The words of all versions so far, among them what only the other kind of learner has. */
  @Override
  public String inWords() {
    return ("LifelongSettings[network=%s, meta=%s, seed=%d, zeroHead=%s, groupSize=%d, replay=%d, mixClasses=%s, outerSteps=%d, "
            + "trainQueries=%d, memoryCapacity=%s, retention=%s, replayDraw=%s, scoring=%s, labelSpace=%s, standardise=%s, "
            + "scoreUntrained=%s, window=%d, stream=null, holdOut=%s]")
        .formatted(
            network(),
            meta,
            seed(),
            zeroHead(),
            groupSize(),
            outer.replay(),
            outer.mixClasses(),
            outer.count(),
            outer.trainQueries(),
            memory.capacity(),
            memory.retention().name(),
            memory.draw(),
            scoring,
            labelSpace,
            standardise(),
            basics.scoreUntrained(),
            window(),
            holdOut);
  }
}
