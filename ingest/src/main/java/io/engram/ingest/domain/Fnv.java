package io.engram.ingest.domain;

/** FNV-1a of 64 bits: the same for the same bytes in every process. */
final class Fnv {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Fnv() {}

  static long of(byte[] bytes) {
    long hash = OFFSET;
    for (byte one : bytes) {
      hash = (hash ^ (one & 0xff)) * PRIME;
    }
    return hash;
  }
}
