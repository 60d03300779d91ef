package io.engram.modelregistry.agent;

/** The cluster failed, and nobody knows whether what was asked for was done; the log will tell. */
public final class UnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
