package io.engram.core.continual;

import java.util.ArrayList;
import java.util.List;

/** A bounded memory of single examples, each in a place, that can be put down and taken up again. Places never become fewer. */
abstract sealed class ExampleMemory permits RecentExamples, Reservoir {

  static final float[] NO_LOGITS = {};

  final int capacity;

  /** What lies in which place. */
  final List<Kept> places = new ArrayList<>();

  /** How many examples it was offered; with the places all that the next offer depends on. */
  long offered;

  ExampleMemory(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a memory needs at least 1 place, found " + capacity);
    }
    this.capacity = capacity;
  }

  final List<Kept> contents() {
    return List.copyOf(places);
  }

  final long offered() {
    return offered;
  }

  /**
   * Becomes what another of the same kind, capacity and seed was.
   *
   * @throws IllegalStateException if there are more contents than places
   */
  final void restore(List<Kept> contents, long offeredSoFar) {
    if (contents.size() > capacity) {
      throw new IllegalStateException(
          "a memory of %d examples does not fit into %d places"
              .formatted(contents.size(), capacity));
    }
    places.clear();
    places.addAll(contents);
    offered = offeredSoFar;
  }
}
