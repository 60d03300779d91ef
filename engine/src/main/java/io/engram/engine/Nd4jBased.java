package io.engram.engine;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.episode.Capabilities;

/** An engine on ND4J: first order only; OpenBLAS is told its processor before ND4J loads it. */
public abstract class Nd4jBased implements ComputeEngine {

  /** What such engines can do. */
  public static final Capabilities CAPABILITIES = Capabilities.firstOrder();

  static {
    OpenBlasKernels.choose();
  }

  private final String name;

  /** An engine that versions will name so. */
  protected Nd4jBased(String name) {
    this.name = name;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Capabilities capabilities() {
    return CAPABILITIES;
  }
}
