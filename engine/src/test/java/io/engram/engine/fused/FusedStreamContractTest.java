package io.engram.engine.fused;

import io.engram.core.compute.ComputeEngine;
import io.engram.engine.StreamProgramContract;

/** The contract of streams by OpenBLAS, where the build runs this; by kernels of our own it is run with the other engines that are here. */
class FusedStreamContractTest extends StreamProgramContract {

  @Override
  protected ComputeEngine engine() {
    return new FusedEngine(1);
  }
}
