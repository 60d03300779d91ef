package io.engram.engine;

import io.engram.core.compute.ComputeEngine;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole contract for whatever engine is on the class path and runs here. */
@ClassTemplate
@ExtendWith(EnginesHere.class)
class EnginesHereTest extends ComputeEngineContract {

  private final ComputeEngine engine;

  EnginesHereTest(ComputeEngine engine) {
    this.engine = engine;
  }

  @Override
  public ComputeEngine engine() {
    return engine;
  }

  /** What ND4J computes with has a maximum that loses them. */
  @Override
  public boolean rectifiersKeepNaN() {
    return !engine.getClass().getPackageName().matches(".*\\.(nd4j|dl4j)");
  }
}
