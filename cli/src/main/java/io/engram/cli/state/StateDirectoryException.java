package io.engram.cli.state;

/** The state directory cannot be used; the message says which, why and what to do. */
public final class StateDirectoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StateDirectoryException(String message) {
    super(message);
  }

  StateDirectoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
