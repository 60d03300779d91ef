package io.engram.engine.cuda;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.EngineKind.Availability;
import io.engram.engine.ComputeEngineContract;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** The whole contract on the card that is there. */
class CardEngineTest extends ComputeEngineContract {

  @BeforeAll
  static void cardIsHere() {
    if (new CudaKind().availability() instanceof Availability.Absent absent) {
      Assumptions.abort("no card to run on: " + absent.reason());
    }
  }

  @Override
  public ComputeEngine engine() {
    return new CudaKind().open(1);
  }
}
