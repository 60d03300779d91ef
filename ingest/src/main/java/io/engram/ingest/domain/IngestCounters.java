package io.engram.ingest.domain;

import io.engram.ingest.domain.PartitionCounts.Total;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The counts of the partitions that this process has: what stands in the logs in all, and what was done since this process began. The former
 * falls when a partition is given back and jumps when one comes; the latter only grows. Safe for use by many threads.
 */
public final class IngestCounters {

  private final Map<Integer, PartitionCounts> byPartition = new HashMap<>();

  /** Of every partition's counts: what they were when this process took them. */
  private final Map<PartitionCounts, Map<String, Long>> taken = new HashMap<>();

  /** What was done to partitions that were given back since. */
  private final Map<String, Long> before = new HashMap<>();

  private final KeyPlaces places = new KeyPlaces();
  private boolean kept;

  /** Where keys come. */
  public KeyPlaces places() {
    return places;
  }

  public synchronized void add(int partition, PartitionCounts counts) {
    byPartition.put(partition, counts);
    taken.put(counts, values(counts));
  }

  /** Unless the partition has been taken over by another thread of this process already. */
  public synchronized void remove(int partition, PartitionCounts counts) {
    if (kept) {
      return;
    }
    byPartition.remove(partition, counts);
    Map<String, Long> start = taken.remove(counts);
    if (start != null) {
      counts
          .byName()
          .forEach((name, count) -> before.merge(name, grown(start, name, count), Long::sum));
    }
  }

  /** From now on partitions that are given back still count: the process ends, its last counts are asked for. */
  public synchronized void keep() {
    kept = true;
  }

  public long sum(Total total) {
    return sum(PartitionCounts.name(total));
  }

  public long rejected(Category category) {
    return sum(PartitionCounts.name(category));
  }

  public long rejected() {
    long sum = 0;
    for (Category category : Category.values()) {
      sum += rejected(category);
    }
    return sum;
  }

  /** Since this process began; never less than before. */
  public long done(Total total) {
    return done(PartitionCounts.name(total));
  }

  /** Since this process began; never less than before. */
  public long doneRejecting(Category category) {
    return done(PartitionCounts.name(category));
  }

  private synchronized long sum(String name) {
    return byPartition.values().stream().mapToLong(counts -> counts.named(name).get()).sum();
  }

  private synchronized long done(String name) {
    long done = before.getOrDefault(name, 0L);
    for (Map.Entry<PartitionCounts, Map<String, Long>> one : taken.entrySet()) {
      done += grown(one.getValue(), name, one.getKey().named(name));
    }
    return done;
  }

  private static long grown(Map<String, Long> start, String name, AtomicLong now) {
    return Math.max(0, now.get() - start.getOrDefault(name, 0L));
  }

  private static Map<String, Long> values(PartitionCounts counts) {
    Map<String, Long> values = new HashMap<>();
    counts.byName().forEach((name, count) -> values.put(name, count.get()));
    return values;
  }
}
