package io.engram.core.continual;

import java.util.List;

/** A bounded memory of single examples, each in a place, that can be put down and taken up again. Places never become fewer. */
interface ExampleMemory {

  /** What lies in which place. */
  List<Kept> contents();

  /** How many examples it was offered; with the contents all that the next offer depends on. */
  long offered();

  /**
   * Becomes what another of the same kind, capacity and seed was.
   *
   * @throws IllegalStateException if there are more contents than places
   */
  void restore(List<Kept> contents, long offeredSoFar);
}
