package io.engram.core.compute.episode;

import org.jspecify.annotations.Nullable;

/**
 * What a meta-gradient is taken of. Made once and used for many calls: a program keeps none of it.
 *
 * @param loop how each episode is adapted to
 * @param rule how its contribution is told from where it came
 * @param stepWeights [K] a weight for the query loss after each of at least one inner step: {@code Σ_k weights[k]·L_query(φ_{k+1})} in place of
 *     {@code L_query(φ_K)} (MAML++'s multi-step loss, Antoniou et al. 2019, section 4), with {@code FIRST_ORDER} or {@code SECOND_ORDER};
 *     null for the loss after the last step alone. The losses reported are those at φ_K either way
 */
@SuppressWarnings("ArrayRecordComponent") // flat arrays are the currency of the compute port
public record MetaObjective(InnerLoop loop, MetaRule rule, float @Nullable [] stepWeights) {

  /** Of the loss after the last step alone. */
  public static MetaObjective of(InnerLoop loop, MetaRule rule) {
    return new MetaObjective(loop, rule, null);
  }

  /** Whether the losses after several inner steps are weighed. */
  public boolean isMultiStep() {
    return stepWeights != null;
  }
}
