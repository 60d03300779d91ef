package io.engram.core.compute.episode;

import org.jspecify.annotations.Nullable;

/** The update rule of the inner loop. */
public sealed interface InnerOptimizer {

  /** {@code φ ← φ − α ∘ g}. */
  record Sgd(StepSizes stepSizes) implements InnerOptimizer {}

  /**
   * Adam (Kingma &amp; Ba 2015, algorithm 1, with bias correction).
   *
   * @param beta1 0 in Reptile's published code
   * @param start moments to begin each episode with, or null for zeros
   */
  record Adam(float stepSize, float beta1, float beta2, float epsilon, @Nullable AdamMoments start)
      implements InnerOptimizer {
    public Adam {
      if (!(stepSize > 0) || !(beta1 >= 0 && beta1 < 1) || !(beta2 >= 0 && beta2 < 1)) {
        throw new IllegalArgumentException(
            "Adam needs step size > 0 and 0 ≤ β₁, β₂ < 1, found %s, %s, %s"
                .formatted(stepSize, beta1, beta2));
      }
    }
  }

  /**
   * One step from wherever the last layer is to where a rule puts it, the rest staying as in θ. A second would move nothing.
   *
   * @param fit the rule
   */
  record ClosedForm(HeadFit fit) implements InnerOptimizer {}

  /**
   * Adam's state.
   *
   * @param first [parameters] m
   * @param second [parameters] v
   * @param steps t, the steps taken so far
   */
  @SuppressWarnings("ArrayRecordComponent") // flat arrays are the currency of the compute port
  record AdamMoments(float[] first, float[] second, long steps) {}
}
