package io.engram.engine.fused;

import io.engram.core.compute.episode.HeadFit;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Batching;
import io.engram.core.compute.episode.InnerOptimizer;
import io.engram.core.compute.episode.InnerOptimizer.Adam;
import io.engram.core.compute.episode.InnerOptimizer.AdamMoments;
import io.engram.core.compute.episode.InnerOptimizer.ClosedForm;
import io.engram.core.compute.episode.InnerOptimizer.Sgd;
import io.engram.core.compute.episode.StepSizes;
import io.engram.engine.MomentChain;
import org.jspecify.annotations.Nullable;

/**
 * One call's θ and inner loop in the engine's own order, made once per call and read by all workers.
 */
final class Recipe {

  private final Circuit circuit;
  private final float[] theta;
  private final float[] perParameter;
  private final float[] firstMoment;
  private final float[] secondMoment;
  private InnerLoop loop = InnerLoop.sgd(0, 0f);
  private float @Nullable [] stepWeights;
  private int first;

  Recipe(Circuit circuit) {
    this.circuit = circuit;
    int length = circuit.parameters.length();
    this.theta = new float[length];
    this.perParameter = new float[length];
    this.firstMoment = new float[length];
    this.secondMoment = new float[length];
  }

  void prepare(float[] flatTheta, InnerLoop innerLoop, float @Nullable [] queryWeights) {
    loop = innerLoop;
    stepWeights = queryWeights;
    circuit.parameters.gather(flatTheta, theta);
    first = loop.scope() == InnerLoop.Scope.HEAD ? circuit.head() : circuit.firstTrainable();
    if (loop.optimizer() instanceof Sgd sgd
        && sgd.stepSizes() instanceof StepSizes.PerParameter sizes) {
      circuit.parameters.gather(sizes.values(), perParameter);
    }
    AdamMoments start = loop.optimizer() instanceof Adam adam ? adam.start() : null;
    if (start != null) {
      circuit.parameters.gather(start.first(), firstMoment);
      circuit.parameters.gather(start.second(), secondMoment);
    }
  }

  /** [trainable parameters] θ. */
  float[] theta() {
    return theta;
  }

  int steps() {
    return loop.steps();
  }

  InnerOptimizer optimizer() {
    return loop.optimizer();
  }

  /** How the last layer is fitted in closed form; null where φ comes by steps. */
  @Nullable HeadFit headFit() {
    return loop.steps() > 0 && loop.optimizer() instanceof ClosedForm closed ? closed.fit() : null;
  }

  /** [steps] what the query loss after each step counts for; null where only the last one does. */
  float @Nullable [] stepWeights() {
    return stepWeights;
  }

  /** The first operation whose parameters the inner loop moves; it moves all later ones, too. */
  int firstMoving() {
    return first;
  }

  /** The first tensor the inner loop moves. */
  int firstMovingTensor() {
    return circuit.firstTensor(first);
  }

  /** Mini-batch size, or 0 for the whole support set at every step. */
  int batchSize() {
    return loop.batching() instanceof Batching.Mini mini ? mini.size() : 0;
  }

  /** Whether each tensor has one step size at each step, so that descent can be fused into the gradient products. */
  boolean scalarSteps() {
    return loop.optimizer() instanceof Sgd sgd
        && !(sgd.stepSizes() instanceof StepSizes.PerParameter);
  }

  /** α of a tensor at a step, where {@link #scalarSteps()}. */
  float stepSize(int step, int tensor) {
    if (loop.optimizer() instanceof Sgd sgd) {
      if (sgd.stepSizes() instanceof StepSizes.Uniform uniform) {
        return uniform.value();
      }
      if (sgd.stepSizes() instanceof StepSizes.PerTensorPerStep table) {
        return table.values()[step][circuit.parameters.layoutIndex(tensor)];
      }
    }
    throw new IllegalStateException("no scalar step sizes in " + loop.optimizer());
  }

  /** [trainable parameters] α, where step sizes are per parameter. */
  float[] stepSizes() {
    return perParameter;
  }

  /** [trainable parameters] m before the first step, or null for zeros. */
  float @Nullable [] firstMoment() {
    return hasMoments() ? firstMoment : null;
  }

  /** [trainable parameters] v before the first step, or null for zeros. */
  float @Nullable [] secondMoment() {
    return hasMoments() ? secondMoment : null;
  }

  /** β₁ᴷ of Adam; 0 for others. */
  float keptOfFirst() {
    return loop.optimizer() instanceof Adam adam ? MomentChain.keptOfFirst(adam, loop) : 0f;
  }

  /** β₂ᴷ of Adam; 0 for others. */
  float keptOfSecond() {
    return loop.optimizer() instanceof Adam adam ? MomentChain.keptOfSecond(adam, loop) : 0f;
  }

  private boolean hasMoments() {
    return loop.optimizer() instanceof Adam adam && adam.start() != null;
  }
}
