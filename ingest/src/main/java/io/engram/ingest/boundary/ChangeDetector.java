package io.engram.ingest.boundary;

import java.io.DataOutputStream;
import java.io.IOException;

/** Looks for a change in a row of numbers. For one thread. */
interface ChangeDetector {

  /** No change. */
  int NONE = -1;

  /**
   * Takes the next number.
   *
   * @return how many of the latest numbers, with this one, are after a change that was found now; or {@link #NONE}
   */
  int add(double value);

  /** Writes what it has seen, as its constructor reads it. */
  void write(DataOutputStream out) throws IOException;
}
