package io.engram.core.learning;

import io.engram.core.task.Task;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tasks that were held out of learning and are kept, as they came: not scaled. A snapshot.
 *
 * @param tasks by tag
 */
public record HeldOutTasks(SortedMap<Long, Kept> tasks) {

  /** Before the first, or where none is held out. */
  public static final HeldOutTasks NONE = new HeldOutTasks(Collections.emptySortedMap());

  public HeldOutTasks {
    tasks = Collections.unmodifiableSortedMap(new TreeMap<>(tasks));
  }

  /**
   * One of them.
   *
   * @param tag what decided that it is held out, and kept
   * @param arrival tasks that had come before it
   */
  public record Kept(long tag, Task task, long arrival) {}

  /** Oldest first. */
  public List<Kept> byAge() {
    return tasks.values().stream().sorted(Comparator.comparingLong(Kept::arrival)).toList();
  }

  /** Those that {@code other} has not. */
  public SortedMap<Long, Kept> without(HeldOutTasks other) {
    SortedMap<Long, Kept> rest = new TreeMap<>(tasks);
    rest.keySet().removeAll(other.tasks.keySet());
    return rest;
  }

  /** The same after so many more tasks before them. */
  public HeldOutTasks after(long earlier) {
    SortedMap<Long, Kept> moved = new TreeMap<>(tasks);
    moved.replaceAll((tag, it) -> new Kept(tag, it.task(), it.arrival() + earlier));
    return new HeldOutTasks(moved);
  }
}
