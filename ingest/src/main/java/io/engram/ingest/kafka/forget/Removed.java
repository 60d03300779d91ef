package io.engram.ingest.kafka.forget;

import io.engram.ingest.domain.Category;
import io.engram.ingest.domain.PartitionCounts;
import java.util.HashMap;
import java.util.Map;

/**
 * What of one partition of {@code examples} goes, by the names that its counts are stored under. What was counted stays counted: as
 * forgotten. For one thread.
 */
final class Removed {

  private final Map<Integer, Map<String, Long>> byPartition = new HashMap<>();

  /** A task of so many examples. */
  void task(int partition, long examples) {
    less(partition, PartitionCounts.name(PartitionCounts.Total.TASKS), 1);
    forgotten(partition, examples);
  }

  /** Examples that wait for their task to be closed. */
  void open(int partition, long examples) {
    less(partition, PartitionCounts.name(PartitionCounts.Total.OPEN), examples);
    forgotten(partition, examples);
  }

  /** An example that was rejected. */
  void rejected(int partition, String category) {
    less(partition, PartitionCounts.rejectedName(category), 1);
    forgotten(partition, 1);
  }

  /** What a count becomes. */
  long after(int partition, String name, long count) {
    return Math.max(
        0, count + byPartition.getOrDefault(partition, Map.of()).getOrDefault(name, 0L));
  }

  /** Examples that went, of all partitions. */
  long examples() {
    String name = PartitionCounts.name(Category.FORGOTTEN);
    return byPartition.values().stream().mapToLong(counts -> counts.getOrDefault(name, 0L)).sum();
  }

  private void less(int partition, String name, long by) {
    add(partition, name, -by);
  }

  private void forgotten(int partition, long examples) {
    add(partition, PartitionCounts.name(Category.FORGOTTEN), examples);
  }

  private void add(int partition, String name, long by) {
    byPartition.computeIfAbsent(partition, p -> new HashMap<>()).merge(name, by, Long::sum);
  }
}
