package io.engram.engine.cuda;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerLoop.Batching.Mini;
import io.engram.core.compute.episode.InnerLoop.Scope;
import io.engram.core.compute.episode.InnerOptimizer.Adam;
import io.engram.core.compute.episode.InnerOptimizer.Sgd;
import io.engram.core.compute.episode.StepSizes;
import org.jspecify.annotations.Nullable;

/**
 * What of an inner loop decides which commands are recorded; its numbers are handed over at each run.
 *
 * @param batch examples a step, 0 for the whole support set
 * @param headOnly whether only the last operation with parameters moves
 * @param stepTables how many vectors of step sizes there are: one for all steps or one for each
 * @param perParameter whether each parameter has a step size of its own
 * @param adam its settings, without moments to begin with, or null
 */
record Loop(
    int steps,
    int batch,
    boolean headOnly,
    int stepTables,
    boolean perParameter,
    @Nullable AdamSettings adam) {

  /** Adam's numbers; they are part of the commands. */
  record AdamSettings(float stepSize, float beta1, float beta2, float epsilon, boolean started) {}

  static Loop of(InnerLoop loop) {
    AdamSettings adam =
        loop.optimizer() instanceof Adam found
            ? new AdamSettings(
                found.stepSize(),
                found.beta1(),
                found.beta2(),
                found.epsilon(),
                found.start() != null)
            : null;
    boolean perStep =
        loop.optimizer() instanceof Sgd sgd
            && sgd.stepSizes() instanceof StepSizes.PerTensorPerStep;
    return new Loop(
        loop.steps(),
        loop.steps() > 0 && loop.batching() instanceof Mini mini ? mini.size() : 0,
        loop.scope() == Scope.HEAD,
        perStep ? Math.max(1, loop.steps()) : 1,
        loop.optimizer() instanceof Sgd each && each.stepSizes() instanceof StepSizes.PerParameter,
        adam);
  }

  int examples(int support) {
    return batch == 0 ? support : batch;
  }
}
