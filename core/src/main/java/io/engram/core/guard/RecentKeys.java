package io.engram.core.guard;

/**
 * Whose tasks came lately, and whose were learned from, so that no key has more than its share. It is held to it as soon as more than half of what comes
 * is its own: then at most {@code share} of those learned from are, or twice its even part where few keys are active. Keys that take turns in
 * blocks never come there, nor does a stream of one key or two.
 *
 * @param arrived all that came lately
 * @param learned those that were learned from
 */
record RecentKeys(KeyWindow arrived, KeyWindow learned) {

  /** Tasks learned from that are looked back on. */
  static final int LEARNED = 256;

  /** Tasks that came. */
  static final int ARRIVED = 64;

  private static final double DOMINANT = 0.5;
  private static final double TIMES_EVEN = 2;

  /** Before the first task. */
  static RecentKeys none() {
    return new RecentKeys(new KeyWindow(new long[ARRIVED], 0), new KeyWindow(new long[LEARNED], 0));
  }

  /** The tag of a key (FNV-1a over its characters). */
  static long tag(String key) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  /** Whether one more task of a key, which has been counted as arrived, would be more than its share. */
  boolean beyond(long key, double share) {
    if (share >= 1
        || !arrived.full()
        || learned.keys() < 2
        || arrived.count(key) <= DOMINANT * arrived.size()) {
      return false;
    }
    return learned.count(key) + 1 > Math.max(share, TIMES_EVEN / learned.keys()) * learned.size();
  }

  /** Keys active lately. */
  int active() {
    return learned.keys();
  }

  RecentKeys copy() {
    return new RecentKeys(arrived.copy(), learned.copy());
  }
}
