package io.engram.engine;

import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaRule;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The mean of first-order contributions, episode by episode; for engines that work in the port's order. */
public final class MeanContribution {

  private final MetaGradient gradient;
  private final @Nullable InnerMoments moments;
  private int episode;

  /** Begins a batch. */
  public MeanContribution(InnerLoop loop, MetaGradient gradient, int episodes) {
    this.gradient = gradient;
    this.moments = InnerMoments.begin(loop, gradient.moments());
    Arrays.fill(gradient.parameters(), 0f);
    gradient.begin(episodes);
  }

  /**
   * Refuses what is not first order.
   *
   * @param engine its name, for the message
   * @throws UnsupportedNetworkException if exact second order, gradients of step sizes or a multi-step loss is asked for
   */
  public static void require(String engine, MetaObjective objective, MetaGradient gradient) {
    if (objective.isMultiStep()) {
      throw new UnsupportedNetworkException(
          "%s has no multi-step loss; use the fused engine, or the loss after the last inner step alone"
              .formatted(engine));
    }
    if (objective.rule() == MetaRule.SECOND_ORDER || gradient.stepSizes() != null) {
      throw new UnsupportedNetworkException(
          "%s gives neither second order nor gradients of step sizes; use the engine fused"
              .formatted(engine));
    }
  }

  /** share ← θ − φ. */
  public static void reptile(float[] theta, float[] phi, float[] share) {
    for (int i = 0; i < share.length; i++) {
      share[i] = theta[i] - phi[i];
    }
  }

  /**
   * Adds the next episode's contribution, if it is finite.
   *
   * @param share [parameters] its contribution
   * @param step its inner loop, done
   */
  public void add(double loss, float[] share, InnerStep step) {
    boolean finite = Double.isFinite(loss) && InnerStep.finite(share) && step.finite();
    gradient.record(episode++, (float) loss, finite);
    if (!finite) {
      return;
    }
    if (moments != null) {
      moments.add(step);
    }
    float[] sum = gradient.parameters();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += share[i];
    }
  }

  /** Divides, once all are in. */
  public void finish() {
    float[] sum = gradient.parameters();
    int contributing = gradient.contributing();
    for (int i = 0; contributing > 1 && i < sum.length; i++) {
      sum[i] /= contributing;
    }
    if (moments != null) {
      gradient.finishMoments(moments.steps(contributing));
    }
  }
}
