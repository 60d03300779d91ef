package io.engram.engine;

import io.engram.core.compute.ComputeEngine;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of streams for whatever engine is on the class path, runs here and offers them. */
@ClassTemplate
@ExtendWith(EnginesHere.class)
class StreamEnginesHereTest extends StreamProgramContract {

  private final ComputeEngine engine;

  StreamEnginesHereTest(ComputeEngine engine) {
    this.engine = engine;
  }

  @Override
  protected ComputeEngine engine() {
    return engine;
  }
}
