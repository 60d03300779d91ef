package io.engram.core.compute.stream;

import org.jspecify.annotations.Nullable;

/**
 * Where a gradient g of a stream program is added: {@code sum ← sum + scale·(factor ∘ g)}. Made once and used for many gradients.
 *
 * @param factor null for ones
 * @param sum moved
 */
public record GradientSum(float scale, @Nullable StreamVector factor, StreamVector sum) {

  /** {@code sum ← sum + scale·g}. */
  public static GradientSum of(float scale, StreamVector sum) {
    return new GradientSum(scale, null, sum);
  }
}
