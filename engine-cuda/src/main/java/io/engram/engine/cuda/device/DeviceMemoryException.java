package io.engram.engine.cuda.device;

/** The card has no room for what was asked. */
public final class DeviceMemoryException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public DeviceMemoryException(String message) {
    super(message);
  }
}
