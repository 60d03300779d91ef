package io.engram.core.compute;

import org.jspecify.annotations.Nullable;

/**
 * Where an engine writes the reduced meta-gradient of a batch of episodes; allocated once and reused. Directions are to be
 * <em>descended</em>: {@code θ ← θ − β·parameters}.
 */
public final class MetaGradient {

  private final float[] parameters;
  private final float @Nullable [] stepSizes;
  private float[] queryLoss = new float[0];
  private boolean[] finite = new boolean[0];
  private int contributing;

  private MetaGradient(float[] parameters, float @Nullable [] stepSizes) {
    this.parameters = parameters;
    this.stepSizes = stepSizes;
  }

  /** For parameters alone. */
  public static MetaGradient of(int parameterCount) {
    return new MetaGradient(new float[parameterCount], null);
  }

  /**
   * For parameters and inner step sizes.
   *
   * @param stepSizeCount steps × tensors ({@link StepSizes.PerTensorPerStep}, row-major), parameters ({@link
   *     StepSizes.PerParameter}) or 1 ({@link StepSizes.Uniform})
   */
  public static MetaGradient withStepSizes(int parameterCount, int stepSizeCount) {
    return new MetaGradient(new float[parameterCount], new float[stepSizeCount]);
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

  /** For engines: records episode {@code i}'s outcome. */
  public void record(int i, float loss, boolean isFinite) {
    queryLoss[i] = loss;
    finite[i] = isFinite;
    if (isFinite) {
      contributing++;
    }
  }
}
