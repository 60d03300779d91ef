package io.engram.modelregistry.serving;

/** There is more to answer than is borne at a time; asking again later may help. */
public final class OverloadedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OverloadedException(String message) {
    super(message, null, false, false);
  }
}
