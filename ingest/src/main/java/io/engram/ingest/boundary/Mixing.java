package io.engram.ingest.boundary;

/** Numbers that look drawn and follow from a number. */
final class Mixing {

  private Mixing() {}

  /** SplitMix64's finaliser. */
  static long mix(long number) {
    long z = (number + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
