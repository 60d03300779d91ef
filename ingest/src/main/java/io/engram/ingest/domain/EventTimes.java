package io.engram.ingest.domain;

import java.util.List;

/**
 * Where a key stands in event time, in milliseconds; immutable.
 *
 * @param closedUpTo the end of the latest window that was closed
 * @param open the windows that are open, by their beginnings
 */
public record EventTimes(long closedUpTo, List<Span> open) {

  /** Of a key that has no windows. */
  public static final EventTimes NONE = new EventTimes(Long.MIN_VALUE, List.of());

  /**
   * A window that is open.
   *
   * @param slot tells it from others of its key
   * @param from its beginning; of a session its first example
   * @param to its end; of a session the end of the silence after its last example
   */
  public record Span(long slot, long from, long to) {}

  public EventTimes {
    open = List.copyOf(open);
  }
}
