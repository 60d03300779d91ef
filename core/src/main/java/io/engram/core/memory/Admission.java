package io.engram.core.memory;

import java.util.List;

/** What the memory decided about an arriving task. */
public sealed interface Admission {

  /** What lay in a slot and is forgotten. */
  record Evicted(int slot, Remembered entry) {}

  /**
   * It is kept.
   *
   * @param slot where, after those that had to go have gone; it may be the slot of one of them
   * @param evicted the tasks that make room for it, in the order in which they go; their slots are empty unless it takes one
   */
  record Kept(int slot, Remembered entry, List<Evicted> evicted) implements Admission {

    public Kept {
      evicted = List.copyOf(evicted);
    }

    /** Slots that are left empty. */
    public List<Integer> emptied() {
      return evicted.stream().map(Evicted::slot).filter(it -> it != slot).toList();
    }
  }

  /** It is not kept. */
  record Discarded() implements Admission {}
}
