package io.engram.core.guard;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was kept out of learning, ever.
 *
 * @param counts tasks by cause, none that is 0
 * @param first the first that was absurd; null while there is none
 * @param newest the latest that was absurd
 */
public record Quarantine(Map<Cause, Long> counts, @Nullable Case first, @Nullable Case newest) {

  /** Nothing yet. */
  public static final Quarantine NONE = new Quarantine(Map.of(), null, null);

  public Quarantine {
    EnumMap<Cause, Long> sorted = new EnumMap<>(Cause.class);
    sorted.putAll(counts);
    counts = Collections.unmodifiableMap(sorted);
  }

  /** With one more. */
  public Quarantine with(Case kept) {
    EnumMap<Cause, Long> more = new EnumMap<>(Cause.class);
    more.putAll(counts);
    more.merge(kept.cause(), 1L, Long::sum);
    if (kept.cause() == Cause.SHARE) {
      return new Quarantine(more, first, newest);
    }
    return new Quarantine(more, first == null ? kept : first, kept);
  }

  /** Tasks that were absurd: all but those of keys beyond their share. */
  public long absurd() {
    return all() - beyondShare();
  }

  /** All of them. */
  public long all() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Tasks of keys that had had their share. */
  public long beyondShare() {
    return counts.getOrDefault(Cause.SHARE, 0L);
  }
}
