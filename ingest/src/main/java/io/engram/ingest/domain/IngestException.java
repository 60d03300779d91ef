package io.engram.ingest.domain;

/** Ingest cannot start or cannot go on; the message says why and what to do. */
public final class IngestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public IngestException(String message) {
    super(message);
  }

  public IngestException(String message, Throwable cause) {
    super(message, cause);
  }
}
