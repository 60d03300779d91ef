package io.engram.ingest.domain;

/** What becomes of a task that is to be closed with fewer examples than a task is to have. */
public enum TooSmall {
  /** It is made all the same, if it has an example for either side; a lone example goes with the next of its key. */
  EMIT,
  /** It stays open and goes with the next examples of its key. */
  MERGE,
  /** Its examples are rejected. */
  REJECT
}
