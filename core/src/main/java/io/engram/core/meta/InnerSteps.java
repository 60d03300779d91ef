package io.engram.core.meta;

/** Which inner step sizes the outer loop learns. */
public enum InnerSteps {
  /** None: they stay as configured. */
  FIXED,
  /** One per layer's tensor and inner step (MAML++'s LSLR, Antoniou et al. 2019). */
  PER_TENSOR_PER_STEP,
  /** One per parameter (Meta-SGD, Li et al. 2017). */
  PER_PARAMETER
}
