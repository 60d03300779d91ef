package io.engram.ingest.domain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;

/**
 * In which partition each key came last, of the latest {@value #MOST} keys of this process. A key in two partitions has producers that do not agree
 * where it belongs, and its tasks are made of halves. Safe for use by many threads.
 */
public final class KeyPlaces {

  private static final int MOST = 10_000;

  private final AtomicLong strayed = new AtomicLong();
  private final Map<Long, Integer> places =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Integer> eldest) {
          return size() > MOST;
        }
      };

  /**
   * Notes where a key came.
   *
   * @return the other partition where it came before; empty if there is none
   */
  public OptionalInt note(byte[] key, int partition) {
    long hash = Fnv.of(key);
    Integer before;
    synchronized (places) {
      before = places.put(hash, partition);
    }
    if (before == null || before == partition) {
      return OptionalInt.empty();
    }
    strayed.incrementAndGet();
    return OptionalInt.of(before);
  }

  /** How often a key came in another partition than the time before. */
  public long strayed() {
    return strayed.get();
  }
}
