package io.engram.ingest.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The ids of a key's latest examples, as digests of 64 bits in a ring, so that an example that comes twice is taken once. An example without an
 * id is never the same as another. What was rejected may come again.
 */
final class SeenIds {

  private final int remembered;
  private final GroupStore store;

  /**
   * @param remembered how many ids of a key; 0 for none
   */
  SeenIds(int remembered, GroupStore store) {
    this.remembered = remembered;
    this.store = store;
  }

  /** Whether any are remembered. */
  boolean remembers() {
    return remembered > 0;
  }

  /** Why an example is not taken; empty if it is new. */
  Optional<Refusal> refuses(String key, String id) {
    if (remembered == 0 || id.isEmpty() || indexOf(store.ids(key), digest(id)) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            Category.DUPLICATE,
            "its id was among the last %d of its key already (ingest.grouping.remembered-ids)"
                .formatted(remembered)));
  }

  /** Notes an example that was taken. */
  void note(String key, String id) {
    if (remembered == 0 || id.isEmpty()) {
      return;
    }
    byte[] ring = store.ids(key);
    int kept = Math.min(ring.length, (remembered - 1) * Long.BYTES);
    store.putIds(
        key, ByteBuffer.allocate(Long.BYTES + kept).putLong(digest(id)).put(ring, 0, kept).array());
  }

  /** Forgets an example that was taken and is rejected after all. */
  void forget(String key, String id) {
    if (remembered == 0 || id.isEmpty()) {
      return;
    }
    byte[] ring = store.ids(key);
    int at = indexOf(ring, digest(id));
    if (at >= 0) {
      byte[] less = new byte[ring.length - Long.BYTES];
      System.arraycopy(ring, 0, less, 0, at);
      System.arraycopy(ring, at + Long.BYTES, less, at, less.length - at);
      store.putIds(key, less);
    }
  }

  private static int indexOf(byte[] ring, long digest) {
    ByteBuffer digests = ByteBuffer.wrap(ring);
    for (int at = 0; at < ring.length; at += Long.BYTES) {
      if (digests.getLong(at) == digest) {
        return at;
      }
    }
    return -1;
  }

  /** FNV-1a, and the finaliser of MurmurHash3 behind it. */
  private static long digest(String id) {
    long hash = Fnv.of(id.getBytes(StandardCharsets.UTF_8));
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
