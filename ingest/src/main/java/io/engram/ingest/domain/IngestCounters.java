package io.engram.ingest.domain;

import io.engram.ingest.domain.PartitionCounts.Total;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/** The counts of the partitions that this process has. */
public final class IngestCounters {

  private final Map<Integer, PartitionCounts> byPartition = new ConcurrentHashMap<>();
  private volatile boolean kept;

  public void add(int partition, PartitionCounts counts) {
    byPartition.put(partition, counts);
  }

  /** Unless the partition has been taken over by another thread of this process already. */
  public void remove(int partition, PartitionCounts counts) {
    if (!kept) {
      byPartition.remove(partition, counts);
    }
  }

  /** From now on partitions that are given back still count: the process ends, its last counts are asked for. */
  public void keep() {
    kept = true;
  }

  public long sum(Total total) {
    return sum(counts -> counts.of(total).get());
  }

  public long rejected(Category category) {
    return sum(counts -> counts.rejected(category).get());
  }

  public long rejected() {
    long sum = 0;
    for (Category category : Category.values()) {
      sum += rejected(category);
    }
    return sum;
  }

  private long sum(ToLongFunction<PartitionCounts> count) {
    return byPartition.values().stream().mapToLong(count).sum();
  }
}
