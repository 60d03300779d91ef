package io.engram.core.compute.episode;

import io.engram.core.compute.episode.InnerOptimizer.AdamMoments;
import org.jspecify.annotations.Nullable;

/**
 * Where an engine writes the reduced meta-gradient of a batch of episodes; allocated once and reused. Directions are to be
 * <em>descended</em>: {@code θ ← θ − β·parameters}.
 */
public final class MetaGradient {

  private final float[] parameters;
  private final float @Nullable [] stepSizes;
  private final @Nullable AdamMoments moments;
  private long momentSteps;
  private float[] queryLoss = new float[0];
  private boolean[] finite = new boolean[0];
  private int contributing;

  private MetaGradient(
      float[] parameters, float @Nullable [] stepSizes, @Nullable AdamMoments moments) {
    this.parameters = parameters;
    this.stepSizes = stepSizes;
    this.moments = moments;
  }

  /** For parameters alone. */
  public static MetaGradient of(int parameterCount) {
    return new MetaGradient(new float[parameterCount], null, null);
  }

  /**
   * For parameters and inner step sizes.
   *
   * @param stepSizeCount steps × tensors ({@link StepSizes.PerTensorPerStep}, row-major), parameters ({@link
   *     StepSizes.PerParameter}) or 1 ({@link StepSizes.Uniform})
   */
  public static MetaGradient withStepSizes(int parameterCount, int stepSizeCount) {
    return new MetaGradient(new float[parameterCount], new float[stepSizeCount], null);
  }

  /** For parameters, and for the moments an Adam inner loop ends with. */
  public static MetaGradient withMoments(int parameterCount) {
    AdamMoments room = new AdamMoments(new float[parameterCount], new float[parameterCount], 0);
    return new MetaGradient(new float[parameterCount], null, room);
  }

  /** [parameters] ∂θ, the mean over contributing episodes, summed in episode order. */
  public float[] parameters() {
    return parameters;
  }

  /** [step sizes] ∂α, the mean over contributing episodes, or null if it was not asked for. */
  public float @Nullable [] stepSizes() {
    return stepSizes;
  }

  /**
   * Adam's moments after the batch, or null if they were not asked for: those of the inner loop's start, moved by the contributing
   * episodes as if they had come one after another. An episode of K steps that began at v and ended at v′ takes any u to {@code
   * β₂ᴷ(u − v) + v′} (an exponential average forgets where it began at the same rate whatever it meets), and likewise m with β₁. What
   * differs from episodes that truly follow each other is that each one's gradients were met with the moments of the batch's start.
   */
  public @Nullable AdamMoments moments() {
    return moments == null ? null : new AdamMoments(moments.first(), moments.second(), momentSteps);
  }

  /**
   * Mean loss of episode {@code i} before its contribution was used: on the query set at φ, or for Reptile on the support
   * batch of the last inner step.
   */
  public float queryLoss(int i) {
    return queryLoss[i];
  }

  /** Whether episode {@code i} gave finite numbers; if not, it was left out of the reduction. */
  public boolean finite(int i) {
    return finite[i];
  }

  /** How many episodes contributed. 0 means {@link #parameters()} is all zero. */
  public int contributing() {
    return contributing;
  }

  /** For engines: prepares for {@code episodes} outcomes. */
  public void begin(int episodes) {
    if (queryLoss.length < episodes) {
      queryLoss = new float[episodes];
      finite = new boolean[episodes];
    }
    contributing = 0;
  }

  /** For engines: t after the batch, once the moments' arrays are written. */
  public void finishMoments(long steps) {
    momentSteps = steps;
  }

  /** For engines: records episode {@code i}'s outcome. */
  public void record(int i, float loss, boolean isFinite) {
    queryLoss[i] = loss;
    finite[i] = isFinite;
    if (isFinite) {
      contributing++;
    }
  }
}
