package io.engram.engine.dl4j;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.episode.Capabilities;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.network.NetworkSpec;
import io.engram.engine.OpenBlasKernels;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs networks on DL4J's {@code MultiLayerNetwork}, one task after the other. Slow, and for that the oracle that faster
 * engines are checked against. First order only.
 */
public final class Dl4jEngine implements ComputeEngine {

  static final String NAME = "dl4j-reference";

  static final Capabilities CAPABILITIES = Capabilities.firstOrder();

  static {
    OpenBlasKernels.choose();
  }

  /** What DL4J computes on: whatever ND4J below it does. */
  String device() {
    return "ND4J's backend "
        + Nd4j.getExecutioner()
            .getEnvironmentInformation()
            .getProperty(Nd4jEnvironment.BACKEND_KEY);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public MetaProgram compile(NetworkSpec network) {
    return new Dl4jProgram(network);
  }
}
