package io.engram.core.guard;

import java.util.HashMap;
import java.util.Map;

/**
 * The keys of the tasks learned from lately, so that none has more than its share of them. A key has at most {@code share} of them, or twice
 * its even part where few keys are active: keys that take turns in blocks never come there, nor does a stream of one key or two.
 */
final class RecentKeys {

  /** Tasks looked back on. */
  static final int WINDOW = 256;

  /** Nobody's share is known before so many. */
  private static final int FEWEST = 32;

  private static final double TIMES_EVEN = 2;

  private final long[] ring;
  private final Map<Long, Integer> counts = new HashMap<>();
  private long accepted;

  RecentKeys() {
    this(new long[WINDOW], 0);
  }

  /** Takes over the ring. */
  RecentKeys(long[] ring, long accepted) {
    this.ring = ring;
    this.accepted = accepted;
    for (int i = 0; i < size(); i++) {
      counts.merge(ring[i], 1, Integer::sum);
    }
  }

  /** The tag of a key (FNV-1a over its characters). */
  static long tag(String key) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  /** Whether one more task of a key would be more than its share. */
  boolean beyond(long key, double share) {
    int size = size();
    int active = counts.size();
    if (share >= 1 || size < FEWEST || active < 2) {
      return false;
    }
    int had = counts.getOrDefault(key, 0);
    return had + 1 > Math.max(share, TIMES_EVEN / active) * size;
  }

  void accept(long key) {
    int place = (int) (accepted % ring.length);
    if (accepted >= ring.length) {
      counts.computeIfPresent(ring[place], (tag, count) -> count == 1 ? null : count - 1);
    }
    ring[place] = key;
    counts.merge(key, 1, Integer::sum);
    accepted++;
  }

  /** Keys active lately. */
  int active() {
    return counts.size();
  }

  long[] ring() {
    return ring;
  }

  long accepted() {
    return accepted;
  }

  private int size() {
    return (int) Math.min(accepted, ring.length);
  }

  RecentKeys copy() {
    return new RecentKeys(ring.clone(), accepted);
  }
}
