package io.engram.engine.cuda;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been opened so far, to be closed again if the rest fails. */
final class Closing implements AutoCloseable {

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  <T extends AutoCloseable> T on(T resource) {
    opened.push(resource);
    return resource;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("memory of a card could not be given back", e);
      }
    }
  }
}
