package io.engram.engine.cuda;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.core.compute.episode.Capabilities;
import io.engram.core.compute.episode.Capabilities.Feature;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.network.NetworkSpec;
import io.engram.engine.cuda.device.Device;
import io.engram.engine.cuda.device.DeviceLostException;
import io.engram.engine.cuda.device.DeviceMemoryException;
import io.engram.engine.cuda.device.GuardedDevice;
import java.util.function.Supplier;

/**
 * Runs all tasks of a meta-batch at once on an NVIDIA card. Every layer, head, inner optimiser and rule of the port runs here, except
 * exact second order through Adam. A meta-update is one sequence of commands, recorded for its shape when it first comes and started in one
 * go from then on.
 *
 * <p>Single precision throughout, or where TF32 was asked for, products of numbers of eleven bits; sums run in an order that depends on the arguments alone, so the same arguments give the same bits on
 * the same card.
 */
public final class CudaEngine implements ComputeEngine {

  static final Capabilities CAPABILITIES =
      Capabilities.secondOrder(
          Feature.STEP_SIZE_GRADIENTS, Feature.MULTI_STEP_LOSS, Feature.TRAINING_IN_PLACE);

  private final String name;
  private final Arithmetic arithmetic;
  private final Supplier<Device> devices;

  /** On devices as they come; each program has one to itself. */
  CudaEngine(String name, Arithmetic arithmetic, Supplier<Device> devices) {
    this.name = name;
    this.arithmetic = arithmetic;
    this.devices = devices;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public MetaProgram compile(NetworkSpec network) {
    Device device = open();
    try {
      return new CudaProgram(device, network, arithmetic);
    } catch (RuntimeException e) {
      new GuardedDevice(device).close();
      throw e;
    }
  }

  /** A card that cannot be opened is one that cannot run the network: {@code auto} then takes another engine. */
  private Device open() {
    try {
      return devices.get();
    } catch (DeviceLostException | DeviceMemoryException e) {
      throw new UnsupportedNetworkException("the card cannot be opened: " + e.getMessage());
    }
  }

  /**
   * There are none: a launch takes 2 to 5 µs, an update of a batch of ten examples some dozens of them one after another. On an H100 an
   * update that does next to nothing took 40 µs; the fused engine's whole update of such a batch, on 784-100-100-10, takes about the same on
   * one core, and the next one cannot begin before it.
   */
  @Override
  public StreamProgram compileStream(NetworkSpec network) {
    throw new UnsupportedNetworkException(
        "the engine cuda has no stream programs: an update of a few examples is too small for a card, where dozens of launches of 2 to 5 µs, one"
            + " after another, take as long as one core's whole update; use the engine fused");
  }
}
