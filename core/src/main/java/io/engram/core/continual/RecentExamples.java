package io.engram.core.continual;

import java.util.ArrayList;
import java.util.List;

/**
 * The latest examples of a session, whose end empties it. What came earlier stays in its place, out of reach, until it is overwritten: a
 * snapshot then differs from the one before by what came in between.
 */
final class RecentExamples implements ExampleMemory {

  private static final float[] NO_LOGITS = {};

  private final int capacity;
  private final List<Kept> places = new ArrayList<>();
  private long offered;

  RecentExamples(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a memory needs at least 1 place, found " + capacity);
    }
    this.capacity = capacity;
  }

  /** Examples of this session that are kept. */
  int size() {
    return (int) Math.min(offered, capacity);
  }

  boolean isEmpty() {
    return offered == 0;
  }

  /** In no particular order. */
  StreamExample get(int index) {
    return places.get(index).example();
  }

  void offer(StreamExample example) {
    int place = (int) (offered++ % capacity);
    Kept kept = new Kept(example, NO_LOGITS);
    if (place < places.size()) {
      places.set(place, kept);
    } else {
      places.add(kept);
    }
  }

  /** Another session begins. */
  void forget() {
    offered = 0;
  }

  @Override
  public List<Kept> contents() {
    return List.copyOf(places);
  }

  @Override
  public long offered() {
    return offered;
  }

  @Override
  public void restore(List<Kept> contents, long offeredSoFar) {
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
