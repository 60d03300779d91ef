package io.engram.core.learning.tasks;

import io.engram.core.learning.RunningScale;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a published version still knows of a learner whose store was lost.
 *
 * @param model what was learned
 * @param past of what
 * @param surprise how badly it predicted on average, for tasks whose own surprise is forgotten
 */
public record Inheritance(Model model, Past past, float surprise) {

  /**
   * What was learned.
   *
   * @param theta [parameters]
   * @param stepSizes learned α, empty where none are learned
   * @param labels class names by output, in a global label space; else empty
   * @param inputScale mean and deviation of the features, or null
   * @param targetScale mean and deviation of regression targets, or null
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
  public record Model(
      float[] theta,
      float[] stepSizes,
      List<String> labels,
      @Nullable Columns inputScale,
      @Nullable Columns targetScale) {

    public Model {
      labels = List.copyOf(labels);
    }
  }

  /**
   * Of what.
   *
   * @param nextOffsets where in the log it stood
   * @param groups the count to go on from; beyond that of every version that was ever published
   * @param tasks it had learned from
   * @param metaUpdates it had taken
   * @param newestTaskAt event time of its newest task
   */
  public record Past(
      Map<Integer, Long> nextOffsets,
      long groups,
      long tasks,
      long metaUpdates,
      long newestTaskAt) {

    public Past {
      nextOffsets = Map.copyOf(nextOffsets);
    }
  }

  /** The same, standing elsewhere in the log. */
  public Inheritance at(Map<Integer, Long> offsets) {
    return new Inheritance(
        model,
        new Past(offsets, past.groups, past.tasks, past.metaUpdates, past.newestTaskAt),
        surprise);
  }

  /** Mean and standard deviation of each column. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Columns(float[] mean, float[] deviation) {

    RunningScale toScale(long count) {
      double[] means = new double[mean.length];
      double[] squares = new double[mean.length];
      for (int j = 0; j < mean.length; j++) {
        means[j] = mean[j];
        squares[j] = (double) deviation[j] * deviation[j] * count;
      }
      return new RunningScale(means, squares, count);
    }
  }
}
