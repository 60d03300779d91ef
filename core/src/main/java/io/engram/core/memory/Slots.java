package io.engram.core.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Numbered places for remembered tasks. What is empty follows from what is not, so that slots read back from a store are the same. */
final class Slots {

  private final List<@Nullable Remembered> entries = new ArrayList<>();

  /** Empty slots below the last full one. */
  private final NavigableSet<Integer> gaps = new TreeSet<>();

  private long bytes;

  /** Number of full slots. */
  int size() {
    return entries.size() - gaps.size();
  }

  /** Sum of the sizes of what they hold. */
  long bytes() {
    return bytes;
  }

  Remembered get(int slot) {
    Remembered entry = slot < entries.size() ? entries.get(slot) : null;
    if (entry == null) {
      throw new IllegalStateException("memory slot " + slot + " is empty");
    }
    return entry;
  }

  int lowestEmpty() {
    return gaps.isEmpty() ? entries.size() : gaps.first();
  }

  /** Fills an empty slot. */
  void put(int slot, Remembered entry) {
    while (entries.size() <= slot) {
      gaps.add(entries.size());
      entries.add(null);
    }
    gaps.remove(slot);
    entries.set(slot, entry);
    bytes += entry.bytes();
  }

  /** Empties a slot. */
  Remembered remove(int slot) {
    Remembered entry = get(slot);
    bytes -= entry.bytes();
    entries.set(slot, null);
    gaps.add(slot);
    for (int last = entries.size() - 1; last >= 0 && entries.get(last) == null; last--) {
      entries.remove(last);
      gaps.remove(last);
    }
    return entry;
  }

  void forEach(BiConsumer<Integer, Remembered> action) {
    for (int slot = 0; slot < entries.size(); slot++) {
      Remembered entry = entries.get(slot);
      if (entry != null) {
        action.accept(slot, entry);
      }
    }
  }

  NavigableMap<Integer, Remembered> contents() {
    NavigableMap<Integer, Remembered> contents = new TreeMap<>();
    forEach(contents::put);
    return contents;
  }
}
