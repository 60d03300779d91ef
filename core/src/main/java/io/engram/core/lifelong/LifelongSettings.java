package io.engram.core.lifelong;

import io.engram.core.compute.InnerLoop;
import io.engram.core.compute.MetaRule;
import io.engram.core.compute.NormalizationMode;
import io.engram.core.continual.DurableSettings;
import io.engram.core.memory.Capacity;
import io.engram.core.memory.EpisodicMemory;
import io.engram.core.memory.Remembered;
import io.engram.core.memory.ReplayDraw;
import io.engram.core.memory.Retention;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.MetaSettings;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.Schedule;
import io.engram.core.network.Head;
import io.engram.core.network.Layer;
import io.engram.core.network.NetworkSpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the lifelong learner learns. Everything here shapes the learned parameters, so all of it belongs to a version's lineage.
 *
 * @param network what is learned
 * @param meta the meta-algorithm
 * @param seed root of all randomness
 * @param zeroHead start with a zero last layer
 * @param groupSize arriving tasks that form one group; a group is scored, learned from and committed as one
 * @param replay remembered tasks that join the new ones at each outer step
 * @param mixClasses deal the classes of the remembered tasks of an outer step out anew among them; only where tasks have label spaces
 *     of their own
 * @param outerSteps outer steps per group
 * @param trainQueries query examples per class at a training visit; 0 for all there are
 * @param memoryCapacity how much is kept
 * @param retention which tasks are kept
 * @param replayDraw which of them are drawn for replay
 * @param scoring which batch statistics query examples are scored with
 * @param labelSpace what a classifier's outputs stand for
 * @param standardise scale features (and regression targets) by their running mean and deviation
 * @param scoreUntrained also score θ₀ adapted in the same way, at the price of a second adaptation
 * @param window tasks in a score window
 * @param stream the continual learner that learns from single examples; null where tasks are learned from. With it all that is about
 *     meta-learning, replay and the memory of tasks means nothing
 * @param holdOut which examples of the stream are not learned but kept to score versions with; means nothing where tasks are learned from
 */
public record LifelongSettings(
    NetworkSpec network,
    MetaSettings meta,
    long seed,
    boolean zeroHead,
    int groupSize,
    int replay,
    boolean mixClasses,
    int outerSteps,
    int trainQueries,
    Capacity memoryCapacity,
    Retention retention,
    ReplayDraw replayDraw,
    NormalizationMode scoring,
    LabelSpace labelSpace,
    boolean standardise,
    boolean scoreUntrained,
    int window,
    @Nullable DurableSettings stream,
    HoldOut holdOut) {

  public LifelongSettings {
    atLeast("group size", groupSize, 1);
    atLeast("replay", replay, 0);
    atLeast("outer steps", outerSteps, 0);
    atLeast("train queries", trainQueries, 0);
    atLeast("window", window, 1);
    if (mixClasses
        && (labelSpace == LabelSpace.GLOBAL || network.head() != Head.SOFTMAX_CROSS_ENTROPY)) {
      throw new IllegalArgumentException(
          "mix-classes deals out the classes of classification tasks with a label space of their own; the label space is "
              + labelSpace
              + " and the network ends in "
              + network.head());
    }
    if (stream != null) {
      requireStream(stream.name(), network, labelSpace);
    }
  }

  /** A learner of tasks. */
  public LifelongSettings(
      NetworkSpec network,
      MetaSettings meta,
      long seed,
      boolean zeroHead,
      int groupSize,
      int replay,
      boolean mixClasses,
      int outerSteps,
      int trainQueries,
      Capacity memoryCapacity,
      Retention retention,
      ReplayDraw replayDraw,
      NormalizationMode scoring,
      LabelSpace labelSpace,
      boolean standardise,
      boolean scoreUntrained,
      int window) {
    this(
        network,
        meta,
        seed,
        zeroHead,
        groupSize,
        replay,
        mixClasses,
        outerSteps,
        trainQueries,
        memoryCapacity,
        retention,
        replayDraw,
        scoring,
        labelSpace,
        standardise,
        scoreUntrained,
        window,
        null,
        HoldOut.NONE);
  }

  /**
   * A continual learner. Its θ is used as it is: the inner loop takes no steps.
   *
   * @throws IllegalArgumentException if the network does not classify
   */
  public static LifelongSettings ofStream(
      NetworkSpec network,
      DurableSettings learner,
      long seed,
      boolean zeroHead,
      int groupSize,
      boolean standardise,
      boolean scoreUntrained,
      int window,
      HoldOut holdOut) {
    OuterOptimizer unmoved = new OuterOptimizer.Sgd(new Schedule.Constant(0));
    return new LifelongSettings(
        network,
        new MetaSettings(
            MetaRule.FIRST_ORDER, InnerLoop.sgd(0, 0f), InnerSteps.FIXED, unmoved, unmoved, 0),
        seed,
        zeroHead,
        groupSize,
        0,
        false,
        0,
        0,
        new Capacity.Tasks(1),
        Retention.RESERVOIR,
        new ReplayDraw.Uniform(),
        NormalizationMode.NON_TRANSDUCTIVE,
        LabelSpace.GLOBAL,
        standardise,
        scoreUntrained,
        window,
        learner,
        holdOut);
  }

  /** What decides about the learned parameters, in words; for a version's lineage. */
  public String inWords() {
    if (stream == null) {
      return toString();
    }
    return "network=%s, learner=%s %s, seed=%d, zeroHead=%s, labelSpace=%s, standardise=%s, holdOut=%s"
        .formatted(
            network, stream.name(), stream, seed, zeroHead, labelSpace, standardise, holdOut);
  }

  /** An empty memory as these settings want it. */
  public EpisodicMemory emptyMemory() {
    return new EpisodicMemory(memoryCapacity, retention, replayDraw, seed);
  }

  /**
   * The memory read back from a store.
   *
   * @param contents what lies in which slot
   * @param arrivals tasks offered so far
   */
  public EpisodicMemory restoreMemory(Map<Integer, Remembered> contents, long arrivals) {
    return EpisodicMemory.restore(memoryCapacity, retention, replayDraw, seed, contents, arrivals);
  }

  private static void requireStream(String learner, NetworkSpec network, LabelSpace labelSpace) {
    if (network.head() != Head.SOFTMAX_CROSS_ENTROPY
        || !network.layers().stream().allMatch(LifelongSettings::ofUnits)) {
      throw new IllegalArgumentException(
          "network must be of dense layers and end in softmax with the continual learner %s, found \"%s\""
              .formatted(learner, network));
    }
    if (labelSpace != LabelSpace.GLOBAL) {
      throw new IllegalArgumentException(
          "label-space must be global with the continual learner %s: a class keeps its output for the whole stream; found %s"
              .formatted(learner, labelSpace));
    }
  }

  private static boolean ofUnits(Layer layer) {
    return layer instanceof Layer.Dense
        || layer instanceof Layer.Activation
        || layer instanceof Layer.Flatten;
  }

  private static void atLeast(String what, int value, int minimum) {
    if (value < minimum) {
      throw new IllegalArgumentException(
          "%s must be at least %d, found %d".formatted(what, minimum, value));
    }
  }
}
