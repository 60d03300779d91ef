package io.engram.ingest.domain;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory the decoded examples of all partitions of a process may take together. Safe for use by many threads. */
public final class DecodedRoom {

  private final AtomicLong free;

  public DecodedRoom(long bytes) {
    this.free = new AtomicLong(bytes);
  }

  /** Whether there is room; if so, it is taken. */
  boolean reserve(long bytes) {
    if (free.addAndGet(-bytes) >= 0) {
      return true;
    }
    free.addAndGet(bytes);
    return false;
  }

  void release(long bytes) {
    free.addAndGet(bytes);
  }

  /** Bytes nobody has taken. */
  long free() {
    return free.get();
  }
}
