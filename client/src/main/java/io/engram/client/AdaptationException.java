package io.engram.client;

/** A model could not be adapted or asked: nothing is held yet, it is of another kind, or the numbers went wrong. */
public final class AdaptationException extends IllegalStateException {

  AdaptationException(String message) {
    super(message);
  }
}
