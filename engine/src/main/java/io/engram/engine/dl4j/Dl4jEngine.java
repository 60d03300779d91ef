package io.engram.engine.dl4j;

import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.network.NetworkSpec;
import io.engram.engine.Nd4jBased;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs networks on DL4J's {@code MultiLayerNetwork}, one task after the other. Slow, and for that the oracle that faster
 * engines are checked against. First order only.
 */
public final class Dl4jEngine extends Nd4jBased {

  static final String NAME = "dl4j-reference";

  /** Starts DL4J. */
  public Dl4jEngine() {
    super(NAME);
  }

  /** What DL4J computes on: whatever ND4J below it does. */
  String device() {
    return "ND4J's backend "
        + Nd4j.getExecutioner()
            .getEnvironmentInformation()
            .getProperty(Nd4jEnvironment.BACKEND_KEY);
  }

  @Override
  public MetaProgram compile(NetworkSpec network) {
    return new Dl4jProgram(network);
  }
}
