package io.engram.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values of the keys asked for last, up to a limit. Thread-safe. */
final class RecentlyUsed<V> {

  private final Map<String, V> values;

  RecentlyUsed(int limit) {
    this.values =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > limit;
          }
        };
  }

  /** The key's value; made anew if there is none or it is not fresh. Two threads may both make one; the last stays. */
  V get(String key, Function<V, Boolean> fresh, Function<@Nullable V, V> make) {
    V known = find(key);
    if (known != null && fresh.apply(known)) {
      return known;
    }
    V made = make.apply(known);
    synchronized (values) {
      values.put(key, made);
    }
    return made;
  }

  @Nullable V find(String key) {
    synchronized (values) {
      return values.get(key);
    }
  }

  void remove(String key) {
    synchronized (values) {
      values.remove(key);
    }
  }
}
