package io.engram.ingest.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The examples of open tasks as they were decoded, so that closing a task need not decode them again. It holds all examples of a task or
 * none: what a process before took, or what does not fit into the room, is decoded again from the store. For one thread.
 */
final class DecodedExamples {

  private static final long BYTES_AROUND_AN_EXAMPLE = 256;

  /** At most: a parent, and half a kilobyte beside it. */
  private static final long BYTES_OF_A_TRACE = 1024;

  private final DecodedRoom room;
  private final Map<String, Held> byKey = new HashMap<>();

  private static final class Held {
    private final List<PlacedExample> examples = new ArrayList<>();
    private long bytes;
  }

  DecodedExamples(DecodedRoom room) {
    this.room = room;
  }

  /**
   * Takes the next example of a key's open task.
   *
   * @param index how many examples the task has before it
   * @param bytes what it needs, but for the objects around it
   */
  void add(String key, int index, PlacedExample example, long bytes) {
    if (index == 0) {
      forget(key);
      byKey.put(key, new Held());
    }
    Held held = byKey.get(key);
    if (held == null) {
      return;
    }
    long needed =
        bytes + BYTES_AROUND_AN_EXAMPLE + (example.trace() == null ? 0 : BYTES_OF_A_TRACE);
    if (held.examples.size() != index || !room.reserve(needed)) {
      forget(key);
      return;
    }
    held.examples.add(example);
    held.bytes += needed;
  }

  /** Hands over and forgets the {@code count} examples of a key's task; empty if not all of them are here. */
  Optional<List<PlacedExample>> take(String key, int count) {
    Held held = byKey.get(key);
    forget(key);
    return held == null || held.examples.size() != count
        ? Optional.empty()
        : Optional.of(held.examples);
  }

  /** Gives the room back. */
  void clear() {
    List.copyOf(byKey.keySet()).forEach(this::forget);
  }

  private void forget(String key) {
    Held held = byKey.remove(key);
    if (held != null) {
      room.release(held.bytes);
    }
  }
}
