package io.engram.ingest.domain;

/** What becomes of an example that comes when its window has been closed. */
public enum LateRule {
  /** It is rejected. */
  REJECT,
  /** It goes into the newest window that is open. */
  JOIN
}
