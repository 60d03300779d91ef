package io.engram.client;

/** A whole, uncorrupted version that this program cannot use. */
final class IncompatibleModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  IncompatibleModelException(String message) {
    super(message);
  }

  IncompatibleModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
