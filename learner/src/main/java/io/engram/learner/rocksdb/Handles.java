package io.engram.learner.rocksdb;

import java.util.ArrayDeque;
import java.util.Deque;

/** Native handles, closed in the reverse of the order they were opened in, as RocksDB demands. */
final class Handles implements AutoCloseable {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T handle) {
    open.push(handle);
    return handle;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a native handle could not be closed", e);
      }
    }
  }
}
