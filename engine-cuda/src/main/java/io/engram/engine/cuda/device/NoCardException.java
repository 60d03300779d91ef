package io.engram.engine.cuda.device;

/** No card can be used here; the message says why. */
public final class NoCardException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public NoCardException(String message) {
    super(message);
  }
}
