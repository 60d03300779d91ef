package io.engram.engine.dl4j;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.EngineKind;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.engine.OptionalLibrary;

/** The reference engine on DL4J, where DL4J is on the class path. Far slower than the others, so never taken unasked. */
public final class Dl4jKind implements EngineKind {

  private static final OptionalLibrary DL4J =
      new OptionalLibrary(
          "DL4J",
          "org.deeplearning4j.nn.multilayer.MultiLayerNetwork",
          "add deeplearning4j-nn and nd4j-native, 1.0.0-M2.1, with all they need");

  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public int rank() {
    return -2;
  }

  @Override
  public Availability availability() {
    return DL4J.start(() -> new Dl4jEngine().device());
  }

  @Override
  public ComputeEngine open(int threads) {
    if (availability() instanceof Availability.Absent absent) {
      throw new UnsupportedNetworkException(absent.reason());
    }
    return new Dl4jEngine();
  }
}
