package io.engram.core.learning;

import org.jspecify.annotations.Nullable;

/**
 * What the newest version and the best before it scored on the tasks held out: both on the same ones, those of now. Scores of different
 * times do not compare, because the past they are asked about grows.
 *
 * @param best the better of the two, which the next one is compared to; the newer one where both are as good
 * @param <V> a version as it was; never changed
 */
public record TaskExamination<V>(Retained retained, @Nullable V best) {

  /** No version has been examined. */
  public static <V> TaskExamination<V> none() {
    return new TaskExamination<>(Retained.UNKNOWN, null);
  }
}
