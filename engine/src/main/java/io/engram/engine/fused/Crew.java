package io.engram.engine.fused;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A fixed crew of threads that works through numbered items. The calling thread is worker 0 and does its share; the others
 * sleep between calls. Which worker gets which item is a matter of chance and must not matter to the result. A run allocates
 * nothing.
 */
final class Crew implements AutoCloseable {

  /** Work on one item. */
  interface Job {
    void run(int worker, int item);
  }

  private final Thread[] helpers;
  private final AtomicInteger next = new AtomicInteger();
  private final Object lock = new Object();

  // Guarded by lock.
  private int round;
  private int busy;
  private boolean closed;
  private @Nullable Job job;
  private int items;
  private @Nullable Throwable failure;
  private int failedItem;

  Crew(int workers, String name) {
    helpers = new Thread[workers - 1];
    for (int i = 0; i < helpers.length; i++) {
      int worker = i + 1;
      helpers[i] = new Thread(() -> help(worker), name + "-" + worker);
      helpers[i].setDaemon(true);
      helpers[i].start();
    }
  }

  int workers() {
    return helpers.length + 1;
  }

  /** Runs {@code work} for items 0 … count−1 and returns when all are done; throws what the lowest failed item threw. */
  void run(int count, Job work) {
    if (count == 1 || helpers.length == 0) {
      for (int item = 0; item < count; item++) {
        work.run(0, item);
      }
      return;
    }
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("this program is closed");
      }
      job = work;
      items = count;
      failure = null;
      next.set(0);
      busy = helpers.length;
      round++;
      lock.notifyAll();
    }
    drain(0, work, count);
    awaitHelpers();
    rethrow();
  }

  private void help(int worker) {
    int seen = 0;
    while (true) {
      Job work;
      int count;
      synchronized (lock) {
        while (round == seen && !closed) {
          try {
            lock.wait();
          } catch (InterruptedException e) {
            // Nobody but close() ends a helper.
          }
        }
        if (closed) {
          return;
        }
        seen = round;
        work = job;
        count = items;
      }
      if (work != null) {
        drain(worker, work, count);
      }
      synchronized (lock) {
        busy--;
        lock.notifyAll();
      }
    }
  }

  private void drain(int worker, Job work, int count) {
    int item = next.getAndIncrement();
    while (item < count) {
      try {
        work.run(worker, item);
      } catch (RuntimeException | Error e) {
        fail(item, e);
      }
      item = next.getAndIncrement();
    }
  }

  private void fail(int item, Throwable thrown) {
    synchronized (lock) {
      if (failure == null || item < failedItem) {
        failure = thrown;
        failedItem = item;
      }
    }
  }

  /** An interrupt must not leave a half-written result behind: it is passed on when all is done. */
  private void awaitHelpers() {
    boolean interrupted = false;
    synchronized (lock) {
      while (busy > 0) {
        try {
          lock.wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      job = null;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void rethrow() {
    Throwable thrown;
    synchronized (lock) {
      thrown = failure;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    for (Thread helper : helpers) {
      joinUninterruptibly(helper);
    }
  }

  private static void joinUninterruptibly(Thread helper) {
    boolean interrupted = false;
    while (helper.isAlive()) {
      try {
        helper.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
