package io.engram.core.meta;

import io.engram.core.compute.InnerLoop;
import io.engram.core.compute.MetaRule;

/**
 * A gradient-based meta-algorithm: Reptile, first-order MAML, MAML, ANIL (scope {@code HEAD}), Meta-SGD and MAML++'s learned
 * step sizes are all choices of these four.
 *
 * @param rule what an episode contributes
 * @param inner the inner loop, with the initial step sizes where they are learned
 * @param learned which step sizes the outer loop learns
 * @param outer moves θ
 * @param outerForSteps moves the step sizes α, where they are learned
 * @param clip largest Euclidean norm of ∂θ; a longer one is scaled down to it; 0 for no limit
 */
public record MetaSettings(
    MetaRule rule,
    InnerLoop inner,
    InnerSteps learned,
    OuterOptimizer outer,
    OuterOptimizer outerForSteps,
    double clip) {

  public MetaSettings {
    if (!(clip >= 0)) {
      throw new IllegalArgumentException("clip must be 0 (no limit) or more, found " + clip);
    }
    if (learned != InnerSteps.FIXED && rule == MetaRule.REPTILE) {
      throw new IllegalArgumentException(
          "Reptile gives no gradient of the step sizes; learn them with maml or fomaml, or leave them fixed");
    }
  }
}
