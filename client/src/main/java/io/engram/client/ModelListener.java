package io.engram.client;

import org.jspecify.annotations.Nullable;

/**
 * Hears of updates, in order, on the subscriber's thread: while it works, no further update is taken. What it throws is
 * logged and goes no further.
 */
@FunctionalInterface
public interface ModelListener {

  /**
   * The subscriber holds another version.
   *
   * @param previous what it held before; null for the first
   */
  void updated(@Nullable Model previous, Model current);

  /** An update was refused. */
  default void refused(RefusedUpdate update) {}
}
