package io.engram.ingest.format.mapping;

/** A record does not fit the mapping. Never leaves {@link Mapping#apply}; without a stack trace, since bad records may be many. */
final class Unfit extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Unfit(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
