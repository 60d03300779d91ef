package io.engram.engine.cuda.device;

/** The card failed, or a kernel did something it must not; nothing can be computed on it until the process starts again. */
public final class DeviceLostException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public DeviceLostException(String message) {
    super(message);
  }

  /** Once more, with how it was lost. */
  DeviceLostException(String message, DeviceLostException first) {
    super(message, first);
  }
}
