package io.engram.ingest.kafka.forget;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the records of a topic stand once it is written anew: as many records stay before a place, as many stand before it then. Kept as runs
 * in which both numberings go on by one. For one thread.
 */
final class OffsetMap {

  /** Records that stay side by side; the first of them stood at the key of the map. */
  private static final class Run {
    private final long fresh;
    private long length = 1;

    private Run(long fresh) {
      this.fresh = fresh;
    }
  }

  private final Map<Integer, TreeMap<Long, Run>> byPartition = new HashMap<>();

  /** A record stays. In order of their offsets. */
  void kept(int partition, long old) {
    TreeMap<Long, Run> runs = byPartition.computeIfAbsent(partition, p -> new TreeMap<>());
    Map.Entry<Long, Run> last = runs.lastEntry();
    if (last == null) {
      runs.put(old, new Run(0));
    } else if (last.getKey() + last.getValue().length == old) {
      last.getValue().length++;
    } else {
      runs.put(old, new Run(last.getValue().fresh + last.getValue().length));
    }
  }

  /** How many of the records before a place stay. */
  long of(int partition, long old) {
    TreeMap<Long, Run> runs = byPartition.get(partition);
    Map.Entry<Long, Run> before = runs == null ? null : runs.floorEntry(old);
    return before == null
        ? 0
        : before.getValue().fresh + Math.min(old - before.getKey(), before.getValue().length);
  }
}
