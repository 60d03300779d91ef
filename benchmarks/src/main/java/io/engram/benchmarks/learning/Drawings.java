package io.engram.benchmarks.learning;

/** Where drawings of characters come from. Thread-safe. */
@FunctionalInterface
public interface Drawings {

  /**
   * One drawing, 28×28 grey levels.
   *
   * @param drawer 0 … 19
   * @return shared: not to be written to
   */
  byte[] drawing(String character, int drawer);
}
