package io.engram.core.meta;

import io.engram.core.algebra.Vectors;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerOptimizer;
import io.engram.core.compute.episode.StepSizes;
import io.engram.core.network.ParameterLayout;
import java.util.Arrays;

/**
 * Everything the outer loop moves: θ, the learned step sizes α, both optimisers' moments and the number of outer steps. Mutable
 * and owned by one thread; {@link #copyFrom} makes stepping on a copy and swapping cheap.
 */
public final class MetaState {

  private final float[] theta;
  private final Moments moments;
  private final float[] stepSizes;
  private final Moments stepSizeMoments;
  private final Lengths lengths;
  private long updates;

  /** Takes over the arrays. */
  public MetaState(
      float[] theta,
      Moments moments,
      float[] stepSizes,
      Moments stepSizeMoments,
      Lengths lengths,
      long updates) {
    this.theta = theta;
    this.moments = moments;
    this.stepSizes = stepSizes;
    this.stepSizeMoments = stepSizeMoments;
    this.lengths = lengths;
    this.updates = updates;
  }

  /** The same where it is not known yet how long gradients usually are. */
  public MetaState(
      float[] theta, Moments moments, float[] stepSizes, Moments stepSizeMoments, long updates) {
    this(theta, moments, stepSizes, stepSizeMoments, Lengths.unknown(), updates);
  }

  /**
   * How long gradients usually are.
   *
   * @param parameters of θ
   * @param stepSizes of α
   */
  public record Lengths(UsualLength parameters, UsualLength stepSizes) {

    /** Before the first step. */
    public static Lengths unknown() {
      return new Lengths(new UsualLength(), new UsualLength());
    }

    private void copyFrom(Lengths other) {
      parameters.copyFrom(other.parameters);
      stepSizes.copyFrom(other.stepSizes);
    }
  }

  /** The state before any outer step. */
  public static MetaState initial(float[] theta, ParameterLayout layout, MetaSettings settings) {
    float[] stepSizes = initialStepSizes(layout, settings);
    return new MetaState(
        theta.clone(), new Moments(theta.length), stepSizes, new Moments(stepSizes.length), 0);
  }

  /** [parameters] θ, live. */
  public float[] theta() {
    return theta;
  }

  public Moments moments() {
    return moments;
  }

  /** Learned α, flat: [steps × tensors] or [parameters]; empty where they are fixed. Live. */
  public float[] stepSizes() {
    return stepSizes;
  }

  public Moments stepSizeMoments() {
    return stepSizeMoments;
  }

  /** How long gradients usually are; live. */
  public Lengths lengths() {
    return lengths;
  }

  /** Whether every number that it moves is one: not infinite, and not NaN. */
  public boolean finite() {
    return Vectors.finite(theta)
        && Vectors.finite(stepSizes)
        && Vectors.finite(moments.first())
        && Vectors.finite(moments.second())
        && Vectors.finite(stepSizeMoments.first())
        && Vectors.finite(stepSizeMoments.second());
  }

  /** Outer steps taken. */
  public long updates() {
    return updates;
  }

  void advance() {
    updates++;
  }

  /** The inner loop with the step sizes as learned so far. */
  public InnerLoop innerLoop(MetaSettings settings, int tensors) {
    return settings.learned().in(settings.inner(), stepSizes, tensors);
  }

  /** Becomes equal to {@code other}, which must be of the same shape. */
  public void copyFrom(MetaState other) {
    System.arraycopy(other.theta, 0, theta, 0, theta.length);
    System.arraycopy(other.stepSizes, 0, stepSizes, 0, stepSizes.length);
    moments.copyFrom(other.moments);
    stepSizeMoments.copyFrom(other.stepSizeMoments);
    lengths.copyFrom(other.lengths);
    updates = other.updates;
  }

  /**
   * Becomes what a trainer elsewhere has reached.
   *
   * @param first the optimiser's first moments
   * @param second its second moments
   * @param moved steps that moved θ
   * @param newUpdates outer steps
   */
  public void set(float[] newTheta, float[] first, float[] second, long moved, long newUpdates) {
    System.arraycopy(newTheta, 0, theta, 0, theta.length);
    moments.set(first, second, moved);
    updates = newUpdates;
  }

  /** A state of the same shape and content. */
  public MetaState copy() {
    MetaState copy =
        new MetaState(
            new float[theta.length],
            new Moments(moments.first().length),
            new float[stepSizes.length],
            new Moments(stepSizeMoments.first().length),
            0);
    copy.copyFrom(this);
    return copy;
  }

  private static float[] initialStepSizes(ParameterLayout layout, MetaSettings settings) {
    int count =
        switch (settings.learned()) {
          case FIXED -> 0;
          case PER_PARAMETER -> layout.length();
          case PER_TENSOR_PER_STEP -> settings.inner().steps() * layout.tensors().size();
        };
    float[] stepSizes = new float[count];
    if (count > 0) {
      Arrays.fill(stepSizes, uniformStart(settings));
    }
    return stepSizes;
  }

  private static float uniformStart(MetaSettings settings) {
    if (settings.inner().optimizer() instanceof InnerOptimizer.Sgd sgd
        && sgd.stepSizes() instanceof StepSizes.Uniform uniform) {
      return uniform.value();
    }
    throw new IllegalArgumentException(
        "step sizes can be learned from a plain SGD inner loop with one initial step size only");
  }
}
