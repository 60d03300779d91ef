package io.engram.core.lifelong;

import io.engram.core.compute.NormalizationMode;
import io.engram.core.memory.Capacity;
import io.engram.core.memory.EpisodicMemory;
import io.engram.core.memory.Remembered;
import io.engram.core.memory.ReplayDraw;
import io.engram.core.memory.Retention;
import io.engram.core.meta.MetaSettings;
import io.engram.core.network.Head;
import io.engram.core.network.NetworkSpec;
import java.util.Map;

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
    int window) {

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

  private static void atLeast(String what, int value, int minimum) {
    if (value < minimum) {
      throw new IllegalArgumentException(
          "%s must be at least %d, found %d".formatted(what, minimum, value));
    }
  }
}
