package io.engram.engine.cuda;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.MetaProgram;
import io.engram.core.network.NetworkSpec;
import io.engram.engine.cuda.device.Device;
import java.util.function.Supplier;

/**
 * Runs all tasks of a meta-batch at once on an NVIDIA card. Every layer, head, inner optimiser and rule of the port runs here, except
 * exact second order through Adam. A meta-update is one sequence of commands, recorded for its shape when it first comes and started in one
 * go from then on.
 *
 * <p>Single precision throughout; sums run in an order that depends on the arguments alone, so the same arguments give the same bits on
 * the same card.
 */
public final class CudaEngine implements ComputeEngine {

  private final Supplier<Device> devices;

  /** On devices as they come; each program has one to itself. */
  CudaEngine(Supplier<Device> devices) {
    this.devices = devices;
  }

  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public MetaProgram compile(NetworkSpec network) {
    return new CudaProgram(devices.get(), network);
  }
}
