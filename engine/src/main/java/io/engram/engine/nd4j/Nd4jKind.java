package io.engram.engine.nd4j;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.EngineKind;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.engine.OptionalLibrary;

/** The engine on ND4J's array operations, where ND4J is on the class path. First order only, so never taken unasked. */
public final class Nd4jKind implements EngineKind {

  private static final OptionalLibrary ND4J =
      new OptionalLibrary(
          "ND4J",
          "org.nd4j.linalg.factory.Nd4j",
          "add nd4j-native or nd4j-cuda-11.6 and deeplearning4j-nn, 1.0.0-M2.1, with all they need");

  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public int rank() {
    return -1;
  }

  @Override
  public Availability availability() {
    return ND4J.start(() -> new Nd4jEngine().device());
  }

  @Override
  public ComputeEngine open(int threads) {
    if (availability() instanceof Availability.Absent absent) {
      throw new UnsupportedNetworkException(absent.reason());
    }
    return new Nd4jEngine();
  }
}
