package io.engram.engine.cuda;

import io.engram.core.compute.ComputeEngine;
import io.engram.engine.ComputeEngineContract;
import io.engram.engine.cuda.device.ShimDevice;
import io.engram.engine.cuda.device.Sources;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** The whole contract without a card: the kernels' sources on the processor. */
class ShimEngineTest extends ComputeEngineContract {

  @BeforeAll
  static void compilerIsHere() {
    Assumptions.assumeTrue(
        Sources.canPlayACard(),
        "no g++ here, or no sources: the kernels are not run without a card");
  }

  @Override
  public ComputeEngine engine() {
    return new CudaEngine("cuda", Arithmetic.SPLIT, ShimDevice::open);
  }
}
