package io.engram.predict.kafka;

import io.engram.predict.domain.LiveCounts;
import io.engram.predict.domain.LiveCounts.Count;
import io.engram.predict.domain.LiveCounts.Sum;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps a partition's counts in a store, by name, committed together with what they count. */
final class StoredLiveCounts {

  static final String COUNTS = "counts";

  private final KeyValueStore<String, Long> store;
  private final LiveCounts counts = new LiveCounts();
  private final Map<String, AtomicLong> byName = new HashMap<>();
  private final Map<String, Long> saved = new HashMap<>();

  StoredLiveCounts(KeyValueStore<String, Long> store) {
    this.store = store;
    for (Count count : Count.values()) {
      byName.put(count.word(), counts.atomic(count));
    }
    for (Sum sum : Sum.values()) {
      byName.put(sum.word(), counts.atomic(sum));
    }
    byName.forEach(
        (name, count) -> {
          Long stored = store.get(name);
          count.set(stored == null ? 0 : stored);
          saved.put(name, count.get());
        });
  }

  LiveCounts counts() {
    return counts;
  }

  /** Writes what has changed. */
  void save() {
    byName.forEach(
        (name, count) -> {
          Long value = count.get();
          if (!value.equals(saved.put(name, value))) {
            store.put(name, value);
          }
        });
  }
}
