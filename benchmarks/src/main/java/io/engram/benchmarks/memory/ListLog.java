package io.engram.benchmarks.memory;

import io.engram.core.task.LogPosition;
import io.engram.learner.agent.TaskLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** A log in memory: a record for each number. */
final class ListLog implements TaskLog {

  private final LongFunction<byte[]> records;
  private final long end;
  private long next;
  private boolean drained;

  ListLog(LongFunction<byte[]> records, long tasks) {
    this.records = records;
    this.end = tasks;
  }

  /** Whether a poll found nothing left. */
  boolean drained() {
    return drained;
  }

  @Override
  public boolean exists() {
    return true;
  }

  @Override
  public boolean merges() {
    return false;
  }

  @Override
  public List<Gap> seek(Map<Integer, Long> nextOffsets) {
    next = nextOffsets.getOrDefault(0, 0L);
    return List.of();
  }

  @Override
  public Map<Integer, Long> ends() {
    return Map.of(0, end);
  }

  @Override
  public boolean passed(Map<Integer, Long> offsets) {
    return next >= offsets.getOrDefault(0, 0L);
  }

  @Override
  public List<Entry> poll(Duration patience) {
    drained = next >= end;
    if (drained) {
      return List.of();
    }
    Entry entry = new Entry(new LogPosition(0, next), records.apply(next));
    next++;
    return List.of(entry);
  }

  @Override
  public long lag() {
    return end - next;
  }

  @Override
  public void wakeup() {}

  @Override
  public void close() {}
}
