package io.engram.cli.models;

/** The registry refused a call or was not to be reached; the message is one line for people. */
final class RegistryCallFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RegistryCallFailed(String message) {
    super(message);
  }

  RegistryCallFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
