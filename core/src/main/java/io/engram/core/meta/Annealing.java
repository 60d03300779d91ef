package io.engram.core.meta;

import io.engram.core.compute.episode.MetaRule;
import org.jspecify.annotations.Nullable;

/**
 * What MAML++ (Antoniou et al. 2019, section 4) does differently while training is young. Both end
 * after a number of outer steps.
 *
 * @param multiStepLoss outer steps over which the loss after every inner step counts, at first all
 *     alike and at last the one after the last step alone; 0 for that one alone from the start
 * @param firstOrder outer steps that exact MAML takes with first-order gradients (derivative-order
 *     annealing); 0 for none
 */
public record Annealing(long multiStepLoss, long firstOrder) {

  /** Nothing is annealed. */
  public static final Annealing NONE = new Annealing(0, 0);

  /**
   * What the loss after an early inner step keeps, as a share of an equal part, as in the published
   * code.
   */
  private static final double LEAST_SHARE = 0.03;

  public Annealing {
    if (multiStepLoss < 0 || firstOrder < 0) {
      throw new IllegalArgumentException(
          "annealing takes 0 or more outer steps, found %d for the multi-step loss and %d for first order"
              .formatted(multiStepLoss, firstOrder));
    }
  }

  /** The rule for outer step {@code step} = 0, 1, 2 … */
  MetaRule rule(MetaRule rule, long step) {
    return rule == MetaRule.SECOND_ORDER && step < firstOrder ? MetaRule.FIRST_ORDER : rule;
  }

  /**
   * What the query losses after inner steps 1 … K count for at outer step {@code step}; they sum to
   * 1.
   *
   * @param weights [K] to be filled
   * @return the weights, or null where only the last loss counts
   */
  float @Nullable [] weights(long step, float[] weights) {
    if (step >= multiStepLoss) {
      return null;
    }
    int last = weights.length - 1;
    double share = Math.max(1 - (double) step / multiStepLoss, LEAST_SHARE);
    for (int k = 0; k < last; k++) {
      weights[k] = (float) (share / weights.length);
    }
    weights[last] = (float) (1 - last * share / weights.length);
    return weights;
  }
}
