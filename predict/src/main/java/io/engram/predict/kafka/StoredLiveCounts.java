package io.engram.predict.kafka;

import io.engram.predict.domain.LiveCounts;
import io.engram.predict.domain.LiveCounts.Count;
import io.engram.predict.domain.LiveCounts.Sum;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps a partition's counts in a store, by name, committed together with what they count. */
final class StoredLiveCounts {

  private final KeyValueStore<byte[], byte[]> store;
  private final LiveCounts counts = new LiveCounts();
  private final Map<String, AtomicLong> byName = new HashMap<>();
  private final Map<String, Long> saved = new HashMap<>();

  StoredLiveCounts(KeyValueStore<byte[], byte[]> store) {
    this.store = store;
    for (Count count : Count.values()) {
      byName.put(count.word(), counts.atomic(count));
    }
    for (Sum sum : Sum.values()) {
      byName.put(sum.word(), counts.atomic(sum));
    }
    byName.forEach(
        (name, count) -> {
          byte[] stored = store.get(StoreKeys.count(name));
          count.set(stored == null ? 0 : ByteBuffer.wrap(stored).getLong());
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
            store.put(
                StoreKeys.count(name), ByteBuffer.allocate(Long.BYTES).putLong(value).array());
          }
        });
  }
}
