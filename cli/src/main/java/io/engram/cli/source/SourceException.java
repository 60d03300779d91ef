package io.engram.cli.source;

import org.jspecify.annotations.Nullable;

/** The data of a source is not there or cannot be used; the message says where, what was expected and what to do. */
public final class SourceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SourceException(String message) {
    super(message);
  }

  public SourceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
