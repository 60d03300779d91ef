package io.engram.benchmarks.libtorch;

import org.bytedeco.pytorch.Tensor;

/** A learner that takes the steps of a {@link StreamTrace}. */
@SuppressWarnings("UnsafeFinalization") // see Network
interface StreamSteps {

  /** Takes them all; once. */
  void run();

  /** θ now, in layout order. */
  Tensor theta();
}
