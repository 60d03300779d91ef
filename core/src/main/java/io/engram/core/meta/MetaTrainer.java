package io.engram.core.meta;

import io.engram.core.compute.InnerLoop;
import io.engram.core.compute.MetaGradient;
import io.engram.core.compute.MetaProgram;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.task.Episode;
import java.util.List;

/**
 * The outer loop, one step at a time: {@code θ ← outer(θ, mean of the episodes' contributions)} (MAML, algorithm 1; Reptile,
 * algorithm 2). Owned by one thread; allocates nothing per step but the view of learned step sizes.
 */
public final class MetaTrainer {

  private final MetaProgram program;
  private final MetaSettings settings;
  private final MetaGradient gradient;
  private final int tensors;

  /**
   * @throws UnsupportedNetworkException if the program cannot run this algorithm
   */
  public MetaTrainer(MetaProgram program, MetaSettings settings) {
    if (!program.supports(settings.inner(), settings.rule())) {
      throw new UnsupportedNetworkException(
          "the compute engine cannot run rule %s with inner loop %s on network %s; choose another algorithm or engine"
              .formatted(settings.rule(), settings.inner(), program.network()));
    }
    this.program = program;
    this.settings = settings;
    this.tensors = program.layout().tensors().size();
    int parameters = program.layout().length();
    this.gradient =
        switch (settings.learned()) {
          case FIXED -> MetaGradient.of(parameters);
          case PER_PARAMETER -> MetaGradient.withStepSizes(parameters, parameters);
          case PER_TENSOR_PER_STEP ->
              MetaGradient.withStepSizes(parameters, settings.inner().steps() * tensors);
        };
  }

  /** Takes one outer step on {@code episodes}, moving {@code state}. */
  public MetaStep step(MetaState state, List<Episode> episodes) {
    InnerLoop loop = state.innerLoop(settings, tensors);
    program.metaGradient(state.theta(), episodes, loop, settings.rule(), gradient);
    if (gradient.contributing() > 0) {
      clip(gradient.parameters());
      settings.outer().step(state.theta(), gradient.parameters(), state.moments(), state.updates());
      moveStepSizes(state);
    }
    state.advance();
    return new MetaStep(meanLoss(episodes.size()), gradient.contributing(), episodes.size());
  }

  private void moveStepSizes(MetaState state) {
    float[] direction = gradient.stepSizes();
    if (direction != null) {
      settings
          .outerForSteps()
          .step(state.stepSizes(), direction, state.stepSizeMoments(), state.updates());
    }
  }

  private void clip(float[] direction) {
    if (settings.clip() == 0) {
      return;
    }
    double sum = 0;
    for (float g : direction) {
      sum += (double) g * g;
    }
    double norm = Math.sqrt(sum);
    if (norm > settings.clip()) {
      float scale = (float) (settings.clip() / norm);
      for (int i = 0; i < direction.length; i++) {
        direction[i] *= scale;
      }
    }
  }

  private double meanLoss(int episodes) {
    double sum = 0;
    for (int i = 0; i < episodes; i++) {
      sum += gradient.finite(i) ? gradient.queryLoss(i) : 0;
    }
    return gradient.contributing() == 0 ? Double.NaN : sum / gradient.contributing();
  }
}
