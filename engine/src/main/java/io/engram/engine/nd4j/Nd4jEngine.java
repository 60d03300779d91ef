package io.engram.engine.nd4j;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.MetaProgram;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.network.NetworkSpec;
import io.engram.engine.OpenBlasKernels;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs networks for all tasks of a batch at once; only convolutions go task by task. First order only; for second order use the
 * fused engine.
 */
public final class Nd4jEngine implements ComputeEngine {

  static {
    OpenBlasKernels.choose();
  }

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
    return new Nd4jProgram(network);
  }
}
