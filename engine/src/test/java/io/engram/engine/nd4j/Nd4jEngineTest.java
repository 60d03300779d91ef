package io.engram.engine.nd4j;

import io.engram.core.compute.ComputeEngine;
import io.engram.engine.ComputeEngineContract;

class Nd4jEngineTest extends ComputeEngineContract {

  @Override
  protected ComputeEngine engine() {
    return new Nd4jEngine();
  }

  @Override
  protected boolean rectifiersKeepNaN() {
    return false;
  }
}
