package io.engram.engine.nd4j;

import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.network.NetworkSpec;
import io.engram.engine.Nd4jBased;
import java.util.Properties;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs networks for all tasks of a batch at once; only convolutions go task by task. First order only; for second order use the
 * fused engine.
 */
public final class Nd4jEngine extends Nd4jBased {

  static final String NAME = "nd4j";

  /**
   * Starts ND4J's backend: CUDA's if it is on the class path and finds a GPU, else the CPU's.
   *
   * @throws UnsupportedNetworkException if the GPU is one that ND4J cannot drive
   */
  public Nd4jEngine() {
    super(NAME);
    GpuSupport.check(Nd4j.getExecutioner().getEnvironmentInformation());
  }

  /** What ND4J computes on: its backend's processor, or the first GPU. */
  String device() {
    Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
    return GpuSupport.first(environment).orElse("processor")
        + ", ND4J's backend "
        + environment.getProperty(Nd4jEnvironment.BACKEND_KEY);
  }

  @Override
  public MetaProgram compile(NetworkSpec network) {
    return new Nd4jProgram(network);
  }
}
