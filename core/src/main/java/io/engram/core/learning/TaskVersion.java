package io.engram.core.learning;

import org.jspecify.annotations.Nullable;

/**
 * A version of a learner of tasks as it was: all that scores tasks.
 *
 * @param theta [parameters]; never written to
 * @param stepSizes learned α, empty where none are learned; never written to
 * @param inputScale of its time; null where inputs are taken as they are
 * @param targetScale of its time; null where targets are
 */
@SuppressWarnings("ArrayRecordComponent") // flat parameters, never compared
public record TaskVersion(
    float[] theta,
    float[] stepSizes,
    @Nullable RunningScale inputScale,
    @Nullable RunningScale targetScale) {

  /** What a state would publish. */
  public static TaskVersion of(TaskState state) {
    return new TaskVersion(
        state.theta().clone(),
        state.stepSizes().clone(),
        copy(state.inputScale()),
        copy(state.targetScale()));
  }

  private static @Nullable RunningScale copy(@Nullable RunningScale scale) {
    return scale == null ? null : scale.copy();
  }
}
