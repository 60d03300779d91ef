package io.engram.engine.nd4j;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.MetaProgram;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.network.Layer;
import io.engram.core.network.NetworkSpec;
import org.nd4j.linalg.factory.Nd4j;

/** Runs dense networks for all tasks of a batch at once. First order only; for the rest use the fused engine. */
public final class Nd4jEngine implements ComputeEngine {

  /**
   * Starts ND4J's backend: CUDA's if it is on the class path and finds a GPU, else the CPU's.
   *
   * @throws UnsupportedNetworkException if the GPU is one that ND4J cannot drive
   */
  public Nd4jEngine() {
    GpuSupport.check(Nd4j.getExecutioner().getEnvironmentInformation());
  }

  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public MetaProgram compile(NetworkSpec network) {
    for (int i = 0; i < network.layers().size(); i++) {
      Layer layer = network.layers().get(i);
      if (!(layer instanceof Layer.Dense) && !(layer instanceof Layer.Activation)) {
        throw new UnsupportedNetworkException(
            "layer %d (%s): the nd4j engine runs dense layers and activations only; use fused-cpu"
                .formatted(i, layer));
      }
    }
    return new Nd4jProgram(network);
  }
}
