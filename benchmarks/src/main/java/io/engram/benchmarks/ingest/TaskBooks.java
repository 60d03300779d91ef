package io.engram.benchmarks.ingest;

import io.engram.core.task.ExampleSet;
import io.engram.core.task.Task;
import io.engram.model.TaskCodec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which of the numbered rows stand in tasks, and whether the tasks of a key are in their order. For one thread. */
final class TaskBooks {

  private final Map<String, Set<Long>> seen = new HashMap<>();
  private final Map<String, Long> last = new HashMap<>();
  private long tasks;
  private long twice;
  private long outOfOrder;

  /** Takes down a task, in the order of the log. */
  void add(byte[] value) {
    Task task = TaskCodec.decode(value);
    tasks++;
    rows(task.key(), task.support());
    rows(task.key(), task.query());
  }

  private void rows(String key, ExampleSet examples) {
    Set<Long> rows = seen.computeIfAbsent(key, it -> new HashSet<>());
    long before = last.getOrDefault(key, -1L);
    for (int i = 0; i < examples.size(); i++) {
      long row = (long) examples.inputs()[i * examples.inputSize()];
      twice += rows.add(row) ? 0 : 1;
      outOfOrder += row > before ? 0 : 1;
      before = row;
    }
    last.put(key, before);
  }

  long tasks() {
    return tasks;
  }

  /** Different rows. */
  long rows() {
    return seen.values().stream().mapToLong(Set::size).sum();
  }

  /** Rows that stand in a task once more. */
  long twice() {
    return twice;
  }

  /** Rows behind a later one of their key. */
  long outOfOrder() {
    return outOfOrder;
  }
}
