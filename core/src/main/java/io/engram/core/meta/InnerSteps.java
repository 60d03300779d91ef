package io.engram.core.meta;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.InnerOptimizer;
import io.engram.core.compute.episode.StepSizes;
import java.util.Arrays;

/** Which inner step sizes the outer loop learns. */
public enum InnerSteps {
  /** None: they stay as configured. */
  FIXED,
  /** One per layer's tensor and inner step (MAML++'s LSLR, Antoniou et al. 2019). */
  PER_TENSOR_PER_STEP,
  /** One per parameter (Meta-SGD, Li et al. 2017). */
  PER_PARAMETER;

  /**
   * The inner loop with step sizes as they were learned.
   *
   * @param loop as configured
   * @param stepSizes [steps × tensors] or [parameters], flat; not looked at where none are learned
   * @param tensors of the network
   */
  public InnerLoop in(InnerLoop loop, float[] stepSizes, int tensors) {
    return switch (this) {
      case FIXED -> loop;
      case PER_PARAMETER -> with(loop, new StepSizes.PerParameter(stepSizes));
      case PER_TENSOR_PER_STEP ->
          with(loop, new StepSizes.PerTensorPerStep(rows(stepSizes, tensors)));
    };
  }

  private static InnerLoop with(InnerLoop loop, StepSizes stepSizes) {
    return new InnerLoop(
        loop.steps(), new InnerOptimizer.Sgd(stepSizes), loop.batching(), loop.scope());
  }

  private static float[][] rows(float[] flat, int width) {
    float[][] rows = new float[flat.length / width][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
    }
    return rows;
  }
}
