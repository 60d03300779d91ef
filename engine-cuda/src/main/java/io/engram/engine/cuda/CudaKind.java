package io.engram.engine.cuda;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.EngineKind;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.engine.cuda.device.Card;
import io.engram.engine.cuda.device.CudaDevice;
import io.engram.engine.cuda.device.NoCardException;

/** NVIDIA cards from Turing (compute capability 7.5) on, with a driver for CUDA 13.0 or newer; nothing else has to be installed. */
public final class CudaKind implements EngineKind {

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public int rank() {
    return 10;
  }

  @Override
  public Availability availability() {
    try {
      return new Availability.Here(Card.first().toString());
    } catch (NoCardException e) {
      return new Availability.Absent(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public ComputeEngine open(int threads) {
    try {
      Card card = Card.first();
      return new CudaEngine(() -> CudaDevice.open(card));
    } catch (NoCardException e) {
      throw new UnsupportedNetworkException(
          "the engine cuda cannot run here: " + e.getMessage() + "; use fused or auto");
    }
  }
}
