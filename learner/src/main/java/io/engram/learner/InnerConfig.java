package io.engram.learner;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Batching;
import io.engram.core.compute.episode.InnerLoop.Scope;
import io.engram.core.compute.episode.InnerOptimizer;
import io.engram.core.compute.episode.StepSizes;
import io.engram.core.meta.InnerSteps;
import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.Schedule;
import java.util.List;

/**
 * The inner loop as it stands in a configuration file.
 *
 * @param steps gradient steps on a support set
 * @param stepSize α, or where the learned ones start
 * @param optimizer sgd or adam (β₁ = 0, β₂ = 0.999)
 * @param batch support examples per step; 0 for all
 * @param learnedSteps none, per-tensor (one per tensor and step) or per-parameter
 * @param learnedStepsStep outer step for the learned inner step sizes, as a fraction of {@code stepSize}: step sizes of 0.4 and of 0.01
 *     must not move by the same amount
 */
public record InnerConfig(
    int steps,
    double stepSize,
    String optimizer,
    int batch,
    String learnedSteps,
    double learnedStepsStep) {

  private static final float ADAM_BETA2 = 0.999f;
  private static final float ADAM_EPSILON = 1e-8f;

  public InnerConfig {
    optimizer = Allowed.oneOf("inner-optimizer", optimizer, List.of("sgd", "adam"));
    learnedSteps =
        Allowed.oneOf(
            "learned-steps", learnedSteps, List.of("none", "per-tensor", "per-parameter"));
    Allowed.positive("inner-steps", steps);
    Allowed.positive("inner-step-size", stepSize);
    Allowed.positive("learned-steps-step", learnedStepsStep);
    if (batch < 0) {
      throw new IllegalArgumentException("inner-batch must be 0 or more, found " + batch);
    }
  }

  InnerLoop loop(Scope scope) {
    return new InnerLoop(steps, inner(), batching(), scope);
  }

  InnerSteps learned() {
    return switch (learnedSteps) {
      case "per-tensor" -> InnerSteps.PER_TENSOR_PER_STEP;
      case "per-parameter" -> InnerSteps.PER_PARAMETER;
      case "none" -> InnerSteps.FIXED;
      default -> throw new IllegalStateException("no step sizes are learned " + learnedSteps);
    };
  }

  /** Moves the learned step sizes. */
  OuterOptimizer stepsOptimizer() {
    return OuterOptimizer.Adam.standard(new Schedule.Constant(learnedStepsStep * stepSize));
  }

  private InnerOptimizer inner() {
    float alpha = (float) stepSize;
    return optimizer.equals("sgd")
        ? new InnerOptimizer.Sgd(new StepSizes.Uniform(alpha))
        : new InnerOptimizer.Adam(alpha, 0f, ADAM_BETA2, ADAM_EPSILON, null);
  }

  private Batching batching() {
    return batch == 0 ? new Batching.Full() : new Batching.Mini(batch);
  }
}
