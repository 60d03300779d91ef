package io.engram.ingest.domain;

import static io.engram.ingest.domain.ConfigCheck.require;

import java.util.OptionalDouble;

/**
 * Which examples of a task are its support set. What an example says itself (its part) goes before these rules; the rest is
 * split in order of arrival, and at least one example stands on each side.
 *
 * @param shots classification: the first so many of every class
 * @param support regression: the first so many
 * @param supportFraction if present, for both: the first part of the task, whatever the classes; for unbalanced streams
 * @param minExamples a task with fewer is not made: its examples are rejected
 * @param maxClasses a classification with more is not made: its examples are rejected
 */
public record SplitRules(
    int shots, int support, OptionalDouble supportFraction, int minExamples, int maxClasses) {

  public SplitRules {
    require(shots >= 1, "split.shots", shots, "at least 1");
    require(support >= 1, "split.support", support, "at least 1");
    require(
        supportFraction.isEmpty()
            || (supportFraction.getAsDouble() > 0 && supportFraction.getAsDouble() < 1),
        "split.support-fraction",
        supportFraction,
        "a number between 0 and 1, both excluded, or none");
    require(minExamples >= 2, "split.min-examples", minExamples, "at least 2");
    require(maxClasses >= 1, "split.max-classes", maxClasses, "at least 1");
  }

  /**
   * For a task that ended with fewer examples than it was to have: as great a part of them is support, at least one of what is counted.
   *
   * @param examples that it has
   * @param full that it was to have
   */
  SplitRules inProportion(int examples, int full) {
    return new SplitRules(
        part(shots, examples, full),
        part(support, examples, full),
        supportFraction,
        minExamples,
        maxClasses);
  }

  /** The same, making smaller tasks as well. */
  SplitRules withMinExamples(int examples) {
    return new SplitRules(
        shots, support, supportFraction, Math.min(minExamples, examples), maxClasses);
  }

  private static int part(int count, int examples, int full) {
    return Math.max(1, (int) Math.round((double) count * examples / full));
  }

  /** One shot; ten support examples; at least two examples. */
  public static SplitRules defaults() {
    return new SplitRules(1, 10, OptionalDouble.empty(), 2, 1_000);
  }
}
