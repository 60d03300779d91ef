package io.engram.cli.columns;

/** Where a text falls among a fixed number of places, and with which sign: the same in every process and on every JDK. */
final class Hashing {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Hashing() {}

  /** FNV-1a over the characters from {@code from} to {@code to}, its bits mixed as SplitMix64 mixes them. */
  static long of(CharSequence text, int from, int to, int salt) {
    long hash = OFFSET ^ salt;
    for (int i = from; i < to; i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }

  /** Adds {@code amount} with the hash's sign at the hash's place of {@code width} behind {@code at}. */
  static void add(long hash, float amount, float[] row, int at, int width) {
    int place = at + (int) Long.remainderUnsigned(hash >>> 1, width);
    row[place] += (hash & 1) == 0 ? amount : -amount;
  }
}
