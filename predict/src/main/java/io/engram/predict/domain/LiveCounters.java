package io.engram.predict.domain;

import io.engram.predict.domain.LiveCounts.Count;
import io.engram.predict.domain.LiveCounts.Sum;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The counts of the partitions that this process has, together. Safe for use by many threads. */
public final class LiveCounters {

  private final Map<Integer, LiveCounts> byPartition = new HashMap<>();
  private boolean kept;

  public synchronized void add(int partition, LiveCounts counts) {
    byPartition.put(partition, counts);
  }

  /** Unless the partition has been taken over by another thread of this process already. */
  public synchronized void remove(int partition, LiveCounts counts) {
    if (!kept) {
      byPartition.remove(partition, counts);
    }
  }

  /** From now on partitions that are given back still count: the process ends, its last counts are asked for. */
  public synchronized void keep() {
    kept = true;
  }

  public synchronized long of(Count count) {
    return byPartition.values().stream().mapToLong(counts -> counts.of(count)).sum();
  }

  public synchronized double of(Sum sum) {
    return byPartition.values().stream().mapToDouble(counts -> counts.of(sum)).sum();
  }

  /** Keys whose answers were worse than the simple thing's, the furthest behind first. */
  public synchronized List<KeyScores.Behind> behind(int most) {
    return byPartition.values().stream()
        .flatMap(counts -> counts.keys().behind(most).stream())
        .sorted(KeyScores.FURTHEST)
        .limit(most)
        .toList();
  }

  /** The mean score of the answers given whose labels have come; NaN while there is none. */
  public double score() {
    return of(Sum.SCORE) / of(Count.SCORED);
  }

  /** The same where what the simple thing would have answered is known too. */
  public double scoreBesideSimple() {
    return of(Sum.SCORE_BESIDE_SIMPLE) / of(Count.SCORED_SIMPLE);
  }

  /** What the simple thing would have got of the latter. */
  public double simpleScore() {
    return of(Sum.SIMPLE_SCORE) / of(Count.SCORED_SIMPLE);
  }
}
