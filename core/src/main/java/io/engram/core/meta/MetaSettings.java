package io.engram.core.meta;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerOptimizer;
import io.engram.core.compute.episode.MetaRule;

/**
 * A gradient-based meta-algorithm: Reptile, first-order MAML, MAML, ANIL (scope {@code HEAD}),
 * Meta-SGD, MAML++'s pieces and heads in closed form are all choices of these.
 *
 * @param rule what an episode contributes
 * @param inner the inner loop, with the initial step sizes where they are learned
 * @param learned which step sizes the outer loop learns
 * @param outer moves θ
 * @param outerForSteps moves the step sizes α, where they are learned
 * @param clip largest Euclidean norm of ∂θ; a longer one is scaled down to it; 0 for no limit
 * @param annealing what is different at the beginning
 */
public record MetaSettings(
    MetaRule rule,
    InnerLoop inner,
    InnerSteps learned,
    OuterOptimizer outer,
    OuterOptimizer outerForSteps,
    double clip,
    Annealing annealing) {

  public MetaSettings {
    if (!(clip >= 0)) {
      throw new IllegalArgumentException("clip must be 0 (no limit) or more, found " + clip);
    }
    if (learned != InnerSteps.FIXED && rule == MetaRule.REPTILE) {
      throw new IllegalArgumentException(
          "Reptile gives no gradient of the step sizes; learn them with maml or fomaml, or leave them fixed");
    }
    if (inner.optimizer() instanceof InnerOptimizer.ClosedForm
        && (learned != InnerSteps.FIXED || !annealing.equals(Annealing.NONE))) {
      throw new IllegalArgumentException(
          "a head in closed form has neither step sizes to learn nor anything to anneal");
    }
    if (annealing.multiStepLoss() > 0 && (rule == MetaRule.REPTILE || inner.steps() == 0)) {
      throw new IllegalArgumentException(
          "a multi-step loss needs query losses after inner steps: rule %s with %d steps has none"
              .formatted(rule, inner.steps()));
    }
    if (annealing.firstOrder() > 0 && rule != MetaRule.SECOND_ORDER) {
      throw new IllegalArgumentException(
          "derivative-order annealing leads from first to second order, but the rule is " + rule);
    }
  }

  /** With nothing annealed. */
  public MetaSettings(
      MetaRule rule,
      InnerLoop inner,
      InnerSteps learned,
      OuterOptimizer outer,
      OuterOptimizer outerForSteps,
      double clip) {
    this(rule, inner, learned, outer, outerForSteps, clip, Annealing.NONE);
  }
}
