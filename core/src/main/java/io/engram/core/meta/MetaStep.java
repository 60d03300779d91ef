package io.engram.core.meta;

import java.util.Set;

/**
 * What one outer step saw.
 *
 * @param loss mean over the contributing episodes, before the step; NaN if none contributed
 * @param contributing episodes with finite numbers
 * @param episodes all episodes of the batch
 * @param leftOut the places of those that gave numbers that are not finite
 * @param shortened how many contributed more than they may, and were shortened
 */
public record MetaStep(
    double loss, int contributing, int episodes, Set<Integer> leftOut, int shortened) {

  public MetaStep {
    leftOut = Set.copyOf(leftOut);
  }

  /** Where it is not told which were left out. */
  public MetaStep(double loss, int contributing, int episodes) {
    this(loss, contributing, episodes, Set.of(), 0);
  }
}
