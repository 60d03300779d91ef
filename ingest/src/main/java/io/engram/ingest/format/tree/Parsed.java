package io.engram.ingest.format.tree;

import org.jspecify.annotations.Nullable;

/** What came of reading bytes. */
public sealed interface Parsed {

  /** A tree; its root may be null. */
  record Tree(@Nullable Object root) implements Parsed {}

  /**
   * No tree.
   *
   * @param reason what was found, what was expected
   */
  record Refused(String reason) implements Parsed {}

  /**
   * Nothing to learn from, and nothing wrong.
   *
   * @param what was found
   */
  record Deletion(String what) implements Parsed {}

  /**
   * It cannot be told yet.
   *
   * @param reason what does not answer
   */
  record NotNow(String reason) implements Parsed {}
}
