package io.engram.ingest.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Bytes about keys, in a store that is there only where it is needed. */
final class KeyNotes {

  private static final byte[] NOTHING = new byte[0];

  private final @Nullable KeyValueStore<String, byte[]> store;

  private KeyNotes(@Nullable KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  static KeyNotes of(ProcessorContext<?, ?> context, String name, boolean needed) {
    return new KeyNotes(needed ? context.getStateStore(name) : null);
  }

  byte[] get(String key) {
    byte[] stored = store == null ? null : store.get(key);
    return stored == null ? NOTHING : stored;
  }

  void put(String key, byte[] bytes) {
    if (store != null) {
      store.put(key, bytes);
    }
  }

  /** Drops what is about other keys. */
  void keep(Predicate<String> known) {
    if (store == null) {
      return;
    }
    List<String> unknown = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> iterator = store.all()) {
      while (iterator.hasNext()) {
        KeyValue<String, byte[]> entry = iterator.next();
        if (!known.test(entry.key)) {
          unknown.add(entry.key);
        }
      }
    }
    unknown.forEach(store::delete);
  }
}
