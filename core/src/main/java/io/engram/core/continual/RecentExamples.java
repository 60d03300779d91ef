package io.engram.core.continual;

/**
 * The latest examples of a session, whose end empties it. What came earlier stays in its place, out of reach, until it is overwritten: a
 * snapshot then differs from the one before by what came in between. {@link #offered} counts from the session's begin.
 */
final class RecentExamples extends ExampleMemory {

  RecentExamples(int capacity) {
    super(capacity);
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
}
