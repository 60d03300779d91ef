package io.engram.core.compute;

import io.engram.core.compute.episode.Capabilities;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.network.NetworkSpec;

/**
 * Turns networks into programs that run somewhere (CPU, GPU).
 *
 * <p>Thread-safe. Programs of one engine are independent of each other.
 */
public interface ComputeEngine {

  /** Short name for lineage and logs, e.g. {@code fused-cpu}. */
  String name();

  /** What it can compute. Asked at the start, not per step. */
  Capabilities capabilities();

  /**
   * Compiles a network.
   *
   * @throws UnsupportedNetworkException if a layer cannot be run here; the message names the layer and what can be done
   */
  MetaProgram compile(NetworkSpec network);

  /**
   * Compiles a network for a stream of single examples; offered where {@link #capabilities} has {@link Capabilities.Feature#STREAMS}.
   *
   * @throws UnsupportedNetworkException if this engine has no stream programs, or not for this network
   */
  default StreamProgram compileStream(NetworkSpec network) {
    throw new UnsupportedNetworkException(
        "the %s engine has no stream programs; use the engine fused".formatted(name()));
  }
}
