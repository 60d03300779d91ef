package io.engram.ingest.kafka;

import io.engram.ingest.domain.PartitionCounts;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps a partition's counts in a store, by name, so that they are committed together with what they count and go on after a
 * restart.
 */
final class StoredCounts {

  private final KeyValueStore<String, Long> store;
  private final PartitionCounts counts = new PartitionCounts();
  private final Map<String, Long> saved = new HashMap<>();

  StoredCounts(KeyValueStore<String, Long> store) {
    this.store = store;
    counts
        .byName()
        .forEach(
            (name, count) -> {
              Long stored = store.get(name);
              count.set(stored == null ? 0 : stored);
              saved.put(name, count.get());
            });
  }

  PartitionCounts counts() {
    return counts;
  }

  /** Writes what has changed. */
  void save() {
    counts
        .byName()
        .forEach(
            (name, count) -> {
              Long value = count.get();
              if (!value.equals(saved.put(name, value))) {
                store.put(name, value);
              }
            });
  }
}
