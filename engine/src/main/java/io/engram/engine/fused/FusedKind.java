package io.engram.engine.fused;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.EngineKind;

/** The fused engine, which runs wherever OpenBLAS does. */
public final class FusedKind implements EngineKind {

  @Override
  public String name() {
    return "fused";
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public Availability availability() {
    return new Availability.Here("processor");
  }

  @Override
  public ComputeEngine open(int threads) {
    return new FusedEngine(threads);
  }
}
