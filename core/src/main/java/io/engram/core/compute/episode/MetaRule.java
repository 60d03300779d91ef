package io.engram.core.compute.episode;

/** What one episode contributes to the meta-gradient. */
public enum MetaRule {
  /** θ − φ after adapting on the support set (Reptile, Nichol et al. 2018, algorithm 1); the query set is not used. */
  REPTILE,
  /** ∇L_query(φ), treating φ as if it did not depend on θ (first-order MAML, Finn et al. 2017, section 5.2). */
  FIRST_ORDER,
  /** ∇_θ L_query(φ(θ)), through the inner loop (MAML, Finn et al. 2017, eq. 1) or the head's closed form. */
  SECOND_ORDER
}
