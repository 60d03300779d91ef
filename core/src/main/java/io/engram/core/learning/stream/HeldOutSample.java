package io.engram.core.learning.stream;

import io.engram.core.continual.StreamExample;
import io.engram.core.learning.HeldOut;
import io.engram.core.learning.HoldOut;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.core.task.LogPosition;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Holds examples out and keeps a bounded, uniform sample of them. An example's tag follows from the seed and its place in the log: small ones
 * are held out, and of these the smallest are kept. So neither depends on order, on repetition or on what else was held out.
 */
final class HeldOutSample {

  private final HoldOut rule;
  private final long seed;
  private final NavigableMap<Long, StreamExample> kept;
  private HeldOut snapshot;

  HeldOutSample(HoldOut rule, long seed, HeldOut before) {
    this.rule = rule;
    this.seed = seed;
    this.kept = new TreeMap<>(before.examples());
    this.snapshot = before;
  }

  /**
   * The tag of an example.
   *
   * @param task where its task stands
   * @param number its number in the task
   */
  long tag(LogPosition task, int number) {
    return Seeds.derive(seed, Purpose.HELD_OUT, task.partition(), task.offset(), number) >>> 1;
  }

  /** Whether the example of this tag must not be learned. */
  boolean holdsOut(long tag) {
    return tag < rule.threshold();
  }

  /** Takes one that is held out. */
  void add(long tag, StreamExample example) {
    kept.put(tag, example);
    while (kept.size() > rule.examples()) {
      kept.pollLastEntry();
    }
  }

  HeldOut snapshot() {
    if (!snapshot.examples().keySet().equals(kept.keySet())) {
      snapshot = new HeldOut(kept);
    }
    return snapshot;
  }
}
