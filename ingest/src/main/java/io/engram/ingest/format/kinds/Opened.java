package io.engram.ingest.format.kinds;

import io.engram.ingest.format.tree.Parsed;
import org.jspecify.annotations.Nullable;

/**
 * A record whose envelope was opened.
 *
 * @param data what lay in it
 * @param envelope what it says about the data; null where there is none
 */
record Opened(Parsed data, @Nullable Object envelope) {

  /** Data without an envelope. */
  static Opened bare(Parsed data) {
    return new Opened(data, null);
  }

  static Opened refused(String reason) {
    return bare(new Parsed.Refused(reason));
  }
}
