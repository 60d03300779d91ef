package io.engram.core.memory;

/** What the memory decided about an arriving task. */
public sealed interface Admission {

  /** It takes a free slot. */
  record Admitted(int slot, Remembered entry) implements Admission {}

  /** It takes the slot of another task, which is forgotten. */
  record Replaced(int slot, Remembered entry, Remembered evicted) implements Admission {}

  /** It is not kept. */
  record Discarded() implements Admission {}
}
