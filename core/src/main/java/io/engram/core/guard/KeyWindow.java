package io.engram.core.guard;

import java.util.HashMap;
import java.util.Map;

/** The keys of the last so many tasks. */
final class KeyWindow {

  private final long[] ring;
  private final Map<Long, Integer> counts = new HashMap<>();
  private long added;

  /** Takes over the ring, of which {@code added} tags have been written. */
  KeyWindow(long[] ring, long added) {
    this.ring = ring;
    this.added = added;
    for (int i = 0; i < size(); i++) {
      counts.merge(ring[i], 1, Integer::sum);
    }
  }

  void add(long key) {
    int place = (int) (added % ring.length);
    if (added >= ring.length) {
      counts.computeIfPresent(ring[place], (tag, count) -> count == 1 ? null : count - 1);
    }
    ring[place] = key;
    counts.merge(key, 1, Integer::sum);
    added++;
  }

  int count(long key) {
    return counts.getOrDefault(key, 0);
  }

  /** Different keys among them. */
  int keys() {
    return counts.size();
  }

  int size() {
    return (int) Math.min(added, ring.length);
  }

  boolean full() {
    return added >= ring.length;
  }

  long[] ring() {
    return ring;
  }

  long added() {
    return added;
  }

  KeyWindow copy() {
    return new KeyWindow(ring.clone(), added);
  }
}
