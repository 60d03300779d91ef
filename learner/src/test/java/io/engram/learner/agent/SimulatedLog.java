package io.engram.learner.agent;

import io.engram.core.task.LogPosition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log whose polls are of random sizes, take the partitions in any order and sometimes bring again what came before. An empty record says
 * that a source has ended.
 */
final class SimulatedLog implements TaskLog {

  private final Fate fate;
  private final List<List<byte[]>> partitions;
  private final int[] next;
  private final int[] beginnings;
  private final @Nullable Deque<LogPosition> script;
  private boolean drained;

  private SimulatedLog(
      Fate fate,
      List<List<byte[]>> partitions,
      int[] beginnings,
      @Nullable Deque<LogPosition> script) {
    this.fate = fate;
    this.partitions = partitions;
    this.next = new int[partitions.size()];
    this.beginnings = beginnings;
    this.script = script;
  }

  static SimulatedLog of(Fate fate, List<List<byte[]>> partitions) {
    return new SimulatedLog(fate, partitions, new int[partitions.size()], null);
  }

  /** Brings exactly these, one a poll. */
  static SimulatedLog scripted(Fate fate, List<List<byte[]>> partitions, List<LogPosition> order) {
    return new SimulatedLog(fate, partitions, new int[partitions.size()], new ArrayDeque<>(order));
  }

  /** Has lost what stood before these offsets. */
  static SimulatedLog beginningAt(Fate fate, List<List<byte[]>> partitions, int... beginnings) {
    return new SimulatedLog(fate, partitions, beginnings, null);
  }

  /** Whether a poll found nothing left to bring. */
  boolean drained() {
    return drained;
  }

  @Override
  public boolean exists() {
    return true;
  }

  @Override
  public boolean merges() {
    return partitions.size() > 1;
  }

  @Override
  public List<Gap> seek(Map<Integer, Long> nextOffsets) {
    List<Gap> gaps = new ArrayList<>();
    for (int p = 0; p < next.length; p++) {
      long expected = nextOffsets.getOrDefault(p, 0L);
      next[p] = (int) Math.max(expected, beginnings[p]);
      if (beginnings[p] > expected) {
        gaps.add(new Gap(p, expected, beginnings[p]));
      }
    }
    return gaps;
  }

  @Override
  public Map<Integer, Long> ends() {
    Map<Integer, Long> ends = new HashMap<>();
    for (int p = 0; p < next.length; p++) {
      ends.put(p, (long) partitions.get(p).size());
    }
    return ends;
  }

  @Override
  public boolean passed(Map<Integer, Long> offsets) {
    return offsets.entrySet().stream().allMatch(it -> next[it.getKey()] >= it.getValue());
  }

  @Override
  public List<Entry> poll(Duration patience) {
    fate.mayCrash("before a poll");
    if (script != null) {
      drained = script.isEmpty();
      return drained ? List.of() : List.of(entry(script.remove()));
    }
    drained = true;
    for (int p = 0; p < next.length; p++) {
      drained &= next[p] >= partitions.get(p).size();
    }
    List<Entry> entries = new ArrayList<>();
    for (int left = drained ? 0 : fate.chance(9); left > 0; left--) {
      int p = fate.chance(next.length);
      if (next[p] > beginnings[p] && fate.chance(20) == 0) {
        next[p] -= fate.chance(next[p] - beginnings[p] + 1);
      }
      if (next[p] < partitions.get(p).size()) {
        entries.add(entry(new LogPosition(p, next[p]++)));
      }
    }
    return entries;
  }

  private Entry entry(LogPosition position) {
    byte[] value = partitions.get(position.partition()).get((int) position.offset());
    return new Entry(position, value, value.length == 0);
  }

  @Override
  public long lag() {
    return 0;
  }

  @Override
  public void wakeup() {}

  @Override
  public void close() {}
}
