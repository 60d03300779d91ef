package io.engram.engine;

import io.engram.core.compute.episode.Capabilities;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.network.NetworkSpec;
import io.engram.core.network.ParameterLayout;

/** A program that looks at what comes through the port before it computes with it, and computes nothing once it is closed. */
public abstract class CheckedProgram implements MetaProgram {

  /** What was compiled. */
  protected final NetworkSpec network;

  private final Capabilities capabilities;
  private final Arguments arguments;
  private boolean closed;

  /** A program of an engine with these capabilities. */
  protected CheckedProgram(NetworkSpec network, Capabilities capabilities) {
    this.network = network;
    this.capabilities = capabilities;
    this.arguments = new Arguments(network, capabilities);
  }

  @Override
  public final NetworkSpec network() {
    return network;
  }

  @Override
  public final ParameterLayout layout() {
    return arguments.layout();
  }

  @Override
  public final Capabilities capabilities() {
    return capabilities;
  }

  /**
   * The checks of arguments; to be asked for first by whatever computes.
   *
   * @throws IllegalStateException if this program is closed
   */
  protected final Arguments open() {
    if (closed) {
      throw new IllegalStateException("this program is closed");
    }
    return arguments;
  }

  @Override
  public final void close() {
    if (!closed) {
      closed = true;
      release();
    }
  }

  /** Frees native memory and threads; called once. */
  protected abstract void release();
}
