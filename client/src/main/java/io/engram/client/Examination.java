package io.engram.client;

/** What an {@link VersionExaminer} found of a version. */
public sealed interface Examination {

  /**
   * It can be taken and adapted.
   *
   * @param score share predicted right, or squared error: of classes the mean over the tasks, of numbers the median; NaN where no task fits
   * @param other that of the version it is compared with, on the same tasks; NaN where there is none
   * @param tasks how many tasks they were measured on
   */
  record Usable(double score, double other, int tasks) implements Examination {}

  /** It cannot. */
  record Unusable(String reason) implements Examination {}
}
