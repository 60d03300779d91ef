package io.engram.cli.ops;

/** The server cannot listen where it should; the message says where and why. */
public final class PortUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public PortUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
