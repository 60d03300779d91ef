package io.engram.modelregistry.agent;

/** Another registry has taken over; this one must stop. */
public final class TakenOverException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TakenOverException(String message, Throwable cause) {
    super(message, cause);
  }
}
