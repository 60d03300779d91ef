package io.engram.core.compute.episode;

import java.util.Arrays;

/**
 * How parameters are adapted to one support set: {@code φ₀ = θ; φ_{k+1} = φ_k − update(∇L_support(φ_k))}, or one step to a head in closed form.
 *
 * @param steps number of steps; 0 leaves φ = θ
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
    if (optimizer instanceof InnerOptimizer.ClosedForm
        && (steps > 1 || !(batching instanceof Batching.Full) || scope != Scope.HEAD)) {
      throw new IllegalArgumentException(
          "a head in closed form takes 1 step, on the whole support set, with scope HEAD; found %d steps, %s and %s"
              .formatted(steps, batching, scope));
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

  /** The last layer fitted to the whole support set. */
  public static InnerLoop closedForm(HeadFit fit) {
    return new InnerLoop(1, new InnerOptimizer.ClosedForm(fit), new Batching.Full(), Scope.HEAD);
  }

  /** Same loop with another number of steps; steps beyond those that have step sizes of their own take the last ones, and beyond one a closed form takes none. */
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
    int most = optimizer instanceof InnerOptimizer.ClosedForm ? 1 : newSteps;
    return new InnerLoop(Math.min(newSteps, most), optimizer, batching, scope);
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
