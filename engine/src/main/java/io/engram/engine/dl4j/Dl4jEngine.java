package io.engram.engine.dl4j;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.MetaProgram;
import io.engram.core.network.NetworkSpec;

/**
 * Runs networks on DL4J's {@code MultiLayerNetwork}, one task after the other. Slow, and for that the oracle that faster
 * engines are checked against. First order only.
 */
public final class Dl4jEngine implements ComputeEngine {

  @Override
  public String name() {
    return "dl4j-reference";
  }

  @Override
  public MetaProgram compile(NetworkSpec network) {
    return new Dl4jProgram(network);
  }
}
