package io.engram.engine.nd4j;

import io.engram.core.compute.ComputeEngine;
import io.engram.engine.ComputeEngineContract;

class Nd4jEngineTest extends ComputeEngineContract {

  @Override
  public ComputeEngine engine() {
    return new Nd4jEngine();
  }

  @Override
  public boolean rectifiersKeepNaN() {
    return false;
  }
}
