package io.engram.core.learning;

import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.core.task.LogPosition;
import io.engram.core.task.Task;
import java.util.TreeMap;

/**
 * Which tasks are held out of learning, and which of those are kept. A task's tag follows from the seed and its place in the log: tasks with
 * small ones are held out, and of these the smallest are kept, a uniform sample. Neither depends on order, on repetition or on what else was
 * held out.
 *
 * @param rule counted in tasks
 */
public record TaskHoldOut(HoldOut rule, long seed) {

  /** Whether any are held out. */
  public boolean any() {
    return rule.share() > 0;
  }

  /** Whether the task that stands there is scored like all others but not learned from and not remembered. */
  public boolean holdsOut(LogPosition task) {
    return tag(task) < rule.threshold();
  }

  /**
   * The sample once a task was held out.
   *
   * @param arrival tasks that had come before it
   */
  public HeldOutTasks with(HeldOutTasks before, Task task, LogPosition position, long arrival) {
    TreeMap<Long, HeldOutTasks.Kept> kept = new TreeMap<>(before.tasks());
    long tag = tag(position);
    kept.put(tag, new HeldOutTasks.Kept(tag, task, arrival));
    while (kept.size() > rule.examples()) {
      kept.pollLastEntry();
    }
    return new HeldOutTasks(kept);
  }

  private long tag(LogPosition task) {
    return Seeds.derive(seed, Purpose.HELD_OUT, task.partition(), task.offset()) >>> 1;
  }
}
