package io.engram.core.memory;

import io.engram.core.random.RandomStream;
import java.util.Arrays;

/** Whole-number weights of slots with O(log n) updates and draws (Fenwick 1994). Sums are exact, whatever the order of updates. */
final class WeightTree {

  private long[] weights = new long[16];
  private long[] sums = new long[17];

  /** Sets a slot's weight, growing as needed. */
  void set(int slot, long weight) {
    if (slot >= weights.length) {
      grow(slot + 1);
    }
    add(slot, weight - weights[slot]);
    weights[slot] = weight;
  }

  long get(int slot) {
    return weights[slot];
  }

  /** Sum of all weights. */
  long total() {
    return sums[sums.length - 1];
  }

  /** A slot with probability weight / total. */
  int draw(RandomStream random) {
    return find(random.nextLong(total()));
  }

  /** The slot in whose stretch of the cumulative weights {@code point} lies, 0 ≤ point &lt; total. */
  private int find(long point) {
    int at = 0;
    long left = point;
    for (int step = weights.length; step > 0; step >>= 1) {
      if (at + step < sums.length && sums[at + step] <= left) {
        at += step;
        left -= sums[at];
      }
    }
    return at;
  }

  private void add(int slot, long difference) {
    for (int i = slot + 1; i < sums.length; i += i & -i) {
      sums[i] += difference;
    }
  }

  private void grow(int atLeast) {
    long[] old = weights;
    weights = new long[Integer.highestOneBit(atLeast - 1) << 1];
    sums = new long[weights.length + 1];
    for (int i = 0; i < old.length; i++) {
      weights[i] = old[i];
      add(i, old[i]);
    }
  }

  @Override
  public String toString() {
    return Arrays.toString(weights);
  }
}
