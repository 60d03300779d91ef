package io.engram.schemas;

/**
 * Bytes or a value that do not keep the wire's contract. The message says what was found and what was expected.
 *
 * <p>Unchecked; whoever reads a topic that others write to must be ready for it.
 */
public final class WireException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public WireException(String message) {
    super(message);
  }

  public WireException(String message, Throwable cause) {
    super(message, cause);
  }
}
