package io.engram.learner;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a service has opened, closed in reverse order; one that fails to close does not keep the others open. */
final class Resources implements AutoCloseable {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T resource) {
    open.push(resource);
    return resource;
  }

  @Override
  public void close() {
    IllegalStateException failure = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        failure = new IllegalStateException("a part of the learner could not be closed", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
