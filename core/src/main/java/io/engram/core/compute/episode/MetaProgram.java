package io.engram.core.compute.episode;

import io.engram.core.compute.UnsupportedNetworkException;
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

  /** Those of the engine that compiled it. */
  Capabilities capabilities();

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
   * Inner loop, then each episode's contribution by the rule, reduced to one mean.
   *
   * @param gradient overwritten; ∂α and the moments after the batch are computed if it has room for them
   * @throws UnsupportedNetworkException where {@link #capabilities} says so
   */
  void metaGradient(
      float[] theta, List<Episode> episodes, MetaObjective objective, MetaGradient gradient);

  /** Frees native memory and threads. Idempotent. */
  @Override
  void close();
}
