package io.engram.core.compute;

/** A network, inner loop or rule that an engine cannot run. The message names what, why and what would work. */
public final class UnsupportedNetworkException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnsupportedNetworkException(String message) {
    super(message);
  }
}
