package io.engram.engine.cuda;

import io.engram.core.compute.episode.MetaRule;
import java.util.ArrayList;
import java.util.List;

/**
 * What decides which commands make a meta-gradient. Meta-updates of one shape are recorded once and started again and again.
 *
 * @param groups episodes by size
 * @param alpha what is wanted of the step sizes
 * @param alphas how many step sizes there are, 0 where nothing is wanted of them
 * @param moments whether Adam's moments after the batch are wanted
 * @param weighted whether the losses after several steps are weighed
 */
record MetaShape(
    List<GroupShape> groups,
    MetaRule rule,
    Loop loop,
    Alpha alpha,
    int alphas,
    boolean moments,
    boolean weighted) {

  /** The gradient of step sizes. */
  enum Alpha {
    NONE,
    /** One number. */
    UNIFORM,
    /** One for each step and tensor. */
    PER_TENSOR,
    /** One for each parameter. */
    PER_PARAMETER
  }

  int episodes() {
    return groups.stream().mapToInt(GroupShape::tasks).sum();
  }

  /** The same for the first {@code tasks} tasks alone. */
  MetaShape with(int tasks) {
    List<GroupShape> fewer = new ArrayList<>();
    int left = tasks;
    for (GroupShape group : groups) {
      int taken = Math.min(left, group.tasks());
      if (taken > 0) {
        fewer.add(group.with(taken));
      }
      left -= taken;
    }
    return new MetaShape(fewer, rule, loop, alpha, alphas, moments, weighted);
  }

  boolean usesQueries() {
    return rule != MetaRule.REPTILE;
  }

  boolean exact() {
    return rule == MetaRule.SECOND_ORDER;
  }

  /** Whether the way back needs every φ_k. */
  boolean keepsPoints() {
    return exact() || weighted;
  }
}
