package io.engram.core.compute.episode;

/** Inner step sizes α; arrays are shared, not copied. */
@SuppressWarnings("ArrayRecordComponent") // flat arrays are the currency of the compute port
public sealed interface StepSizes {

  /** One for all. */
  record Uniform(float value) implements StepSizes {}

  /** {@code values[step][tensor]}, tensors in layout order (MAML++, Antoniou et al. 2019). */
  record PerTensorPerStep(float[][] values) implements StepSizes {}

  /** {@code values[parameter]}, the same at every step (Meta-SGD, Li et al. 2017). */
  record PerParameter(float[] values) implements StepSizes {}
}
