package io.engram.core.compute;

import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterLayout;
import io.engram.core.task.Episode;
import java.util.List;

/**
 * A compiled network. Parameters go in and out as flat {@code float[]} in {@link ParameterLayout} order; inputs are never
 * written to.
 *
 * <p><b>Threading:</b> not thread-safe; one caller at a time. Engines may use threads of their own inside a call.
 *
 * <p><b>Determinism:</b> results depend on the arguments alone, bit for bit, whatever the number of threads; episodes do not
 * influence each other, and reductions run in episode order.
 *
 * <p><b>Failures:</b> numbers that are not finite stay inside their episode and are reported in its outcome. Arguments of the
 * wrong shape throw {@link IllegalArgumentException}; a rule or loop the engine cannot run throws {@link
 * UnsupportedNetworkException}, never a silently different computation.
 */
public interface MetaProgram extends AutoCloseable {

  NetworkSpec network();

  default ParameterLayout layout() {
    return network().layout();
  }

  /** Whether {@link #metaGradient} can run this rule with this loop (asked once at start, not per step). */
  boolean supports(InnerLoop loop, MetaRule rule);

  /**
   * Inner loop: {@code φ_i = adapt(θ, support_i)} for every episode.
   *
   * @param theta [parameters] θ
   * @param adapted [episodes][parameters] where φ is written
   */
  void adapt(float[] theta, List<Episode> episodes, InnerLoop loop, float[][] adapted);

  /**
   * Predicts and scores the query set of every episode with its own adapted parameters.
   *
   * @param adapted [episodes][parameters] φ
   * @param results one per episode, overwritten
   */
  void evaluate(
      float[][] adapted, List<Episode> episodes, NormalizationMode mode, List<Evaluation> results);

  /**
   * Inner loop, then each episode's contribution by {@code rule}, reduced to one mean.
   *
   * @param gradient overwritten; ∂α and the moments after the batch are computed if it has room for them
   */
  void metaGradient(
      float[] theta, List<Episode> episodes, InnerLoop loop, MetaRule rule, MetaGradient gradient);

  /** Whether the losses after several inner steps can be weighed (asked once at start). */
  default boolean supportsMultiStepLoss() {
    return false;
  }

  /**
   * Like the above, of {@code Σ_k weights[k]·L_query(φ_{k+1})} in place of {@code L_query(φ_K)}
   * (MAML++'s multi-step loss, Antoniou et al. 2019, section 4). The losses reported are still
   * those at φ_K.
   *
   * @param rule {@code FIRST_ORDER} or {@code SECOND_ORDER}
   * @param weights [K] one for each inner step, at least one step
   * @throws UnsupportedNetworkException unless {@link #supportsMultiStepLoss()}
   */
  default void metaGradient(
      float[] theta,
      List<Episode> episodes,
      InnerLoop loop,
      MetaRule rule,
      float[] weights,
      MetaGradient gradient) {
    throw new UnsupportedNetworkException(
        "this engine has no multi-step loss; use the fused engine, or the loss after the last inner"
            + " step alone");
  }

  /** Frees native memory and threads. Idempotent. */
  @Override
  void close();
}
