package io.engram.core.compute.episode;

import java.util.Arrays;

/**
 * How parameters are adapted to one support set: {@code φ₀ = θ; φ_{k+1} = φ_k − update(∇L_support(φ_k))}.
 *
 * @param steps number of gradient steps; 0 leaves φ = θ
 * @param optimizer the update rule
 * @param batching which support examples each step sees
 * @param scope which parameters move
 */
public record InnerLoop(int steps, InnerOptimizer optimizer, Batching batching, Scope scope) {

  public InnerLoop {
    if (steps < 0) {
      throw new IllegalArgumentException("inner steps must be at least 0, found " + steps);
    }
    if (optimizer instanceof InnerOptimizer.Sgd sgd
        && sgd.stepSizes() instanceof StepSizes.PerTensorPerStep table
        && table.values().length < steps) {
      throw new IllegalArgumentException(
          "%d inner steps need %d rows of step sizes, found %d"
              .formatted(steps, steps, table.values().length));
    }
  }

  /** Plain gradient descent on the whole support set, the same step size everywhere (MAML, eq. 1). */
  public static InnerLoop sgd(int steps, float stepSize) {
    return new InnerLoop(
        steps,
        new InnerOptimizer.Sgd(new StepSizes.Uniform(stepSize)),
        new Batching.Full(),
        Scope.ALL);
  }

  /** Same loop with another number of steps; steps beyond those that have step sizes of their own take the last ones. */
  public InnerLoop withSteps(int newSteps) {
    if (optimizer instanceof InnerOptimizer.Sgd sgd
        && sgd.stepSizes() instanceof StepSizes.PerTensorPerStep table
        && table.values().length > 0
        && table.values().length < newSteps) {
      float[][] longer = Arrays.copyOf(table.values(), newSteps);
      Arrays.fill(
          longer, table.values().length, newSteps, table.values()[table.values().length - 1]);
      InnerOptimizer same = new InnerOptimizer.Sgd(new StepSizes.PerTensorPerStep(longer));
      return new InnerLoop(newSteps, same, batching, scope);
    }
    return new InnerLoop(newSteps, optimizer, batching, scope);
  }

  /** Which parameters the inner loop moves. */
  public enum Scope {
    ALL,
    /** Only the last layer with parameters (ANIL, Raghu et al. 2020). */
    HEAD
  }

  /** Which support examples each inner step sees. */
  public sealed interface Batching {

    /** The whole support set at every step. */
    record Full() implements Batching {}

    /**
     * {@code size} examples a step, cycling through the support set, reshuffled at each pass with the episode's seed; a
     * batch may span two passes (as in Reptile's published code).
     */
    record Mini(int size) implements Batching {
      public Mini {
        if (size < 1) {
          throw new IllegalArgumentException("mini-batch size must be at least 1, found " + size);
        }
      }
    }
  }
}
