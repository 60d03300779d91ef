package io.engram.learner;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** What a service has opened, closed in reverse order; one that fails to close does not keep the others open. */
final class OpenedResources implements AutoCloseable {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T resource) {
    open.push(resource);
    return resource;
  }

  /**
   * Something that is opened on a thread of its own from now on. Closed in its turn, whether anybody asked for it or not.
   *
   * @param role what the thread is for
   */
  <T> Opening<T> opening(String role, Supplier<T> how) {
    return add(
        new Opening<>(
            CompletableFuture.supplyAsync(
                how, task -> new Thread(task, "engram-learner-" + role).start())));
  }

  /** What is being opened meanwhile. */
  static final class Opening<T> implements AutoCloseable {

    private final CompletableFuture<T> result;

    private Opening(CompletableFuture<T> result) {
      this.result = result;
    }

    /** Waits for it; throws what kept it from being opened. */
    T await() {
      try {
        return result.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        if (e.getCause() instanceof Error cause) {
          throw cause;
        }
        throw e;
      }
    }

    @Override
    public void close() {
      result
          .handle((opened, failure) -> failure == null ? Optional.of(opened) : Optional.<T>empty())
          .join()
          .ifPresent(Opening::closeOpened);
    }

    private static void closeOpened(Object opened) {
      try {
        if (opened instanceof AutoCloseable closeable) {
          closeable.close();
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
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
