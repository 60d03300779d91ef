package io.engram.engine.fused;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed crew of threads that works through numbered items. The calling thread is worker 0 and does its share. Which worker gets
 * which item is a matter of chance and must not matter to the result. A run allocates nothing.
 *
 * <p>A run is given out once, by one write that the other hands watch; then everybody claims items until none is left. The
 * caller waits for items, never for threads: one that wakes late finds nothing left and holds nobody up, so that a small run is
 * not slower than without it. Hands go on watching for about as long as it takes to wake a thread before they sleep; runs that
 * follow each other closely need no help of the operating system.
 */
final class Crew implements AutoCloseable {

  /** Work on one item. */
  interface Job {
    void run(int worker, int item);
  }

  /** Looks before a thread goes to sleep: 10 to 60 µs, depending on the processor. */
  private static final int LOOKS = 1024;

  private final Hand[] hands;

  /** Number of the run in the upper half; in the lower half how many items nobody has claimed. */
  private final AtomicLong claims = new AtomicLong();

  /** Items of this run that are not done. */
  private final AtomicInteger unfinished = new AtomicInteger();

  /** Belongs to the run whose number stands in {@link #claims}; changes only when nothing of the last run is left. */
  private volatile Job job = (worker, item) -> {};

  private volatile boolean closed;
  private volatile @Nullable Thread sleepingCaller;

  private final Object failureLock = new Object();
  private @Nullable Throwable failure;
  private int failedItem;

  Crew(int workers, String name) {
    hands = new Hand[workers - 1];
    for (int i = 0; i < hands.length; i++) {
      hands[i] = new Hand(i + 1, name);
    }
    for (Hand hand : hands) {
      hand.thread.start();
    }
  }

  int workers() {
    return hands.length + 1;
  }

  /** Runs {@code work} for items 0 … count−1 and returns when all are done; throws what the lowest failed item threw. */
  void run(int count, Job work) {
    if (count <= 1 || hands.length == 0) {
      for (int item = 0; item < count; item++) {
        work.run(0, item);
      }
      return;
    }
    if (closed) {
      throw new IllegalStateException("this program is closed");
    }
    job = work;
    unfinished.set(count);
    claims.set((long) (run() + 1) << Integer.SIZE | count);
    for (int i = 0; i < Math.min(hands.length, count - 1); i++) {
      hands[i].wake();
    }
    work(0);
    awaitItems();
    rethrow();
  }

  private int run() {
    return (int) (claims.get() >>> Integer.SIZE);
  }

  /** Claims items and works on them until none is left, the last ones first. */
  private void work(int worker) {
    while (true) {
      long seen = claims.get();
      int left = (int) seen;
      if (left == 0) {
        return;
      }
      // As long as an item is left the run is not over, and the job is the run's.
      Job work = job;
      if (claims.compareAndSet(seen, seen - 1)) {
        work(worker, work, left - 1);
      }
    }
  }

  private void work(int worker, Job work, int item) {
    try {
      work.run(worker, item);
    } catch (RuntimeException | Error e) {
      fail(item, e);
    }
    if (unfinished.decrementAndGet() == 0) {
      LockSupport.unpark(sleepingCaller);
    }
  }

  private void fail(int item, Throwable thrown) {
    synchronized (failureLock) {
      if (failure == null || item < failedItem) {
        failure = thrown;
        failedItem = item;
      }
    }
  }

  /** An interrupt must not leave a half-written result behind: it is passed on when all is done. */
  private void awaitItems() {
    for (int look = 0; look < LOOKS; look++) {
      if (unfinished.get() == 0) {
        return;
      }
      Thread.onSpinWait();
    }
    boolean interrupted = false;
    sleepingCaller = Thread.currentThread();
    while (unfinished.get() > 0) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    sleepingCaller = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void rethrow() {
    Throwable thrown;
    synchronized (failureLock) {
      thrown = failure;
      failure = null;
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
    closed = true;
    for (Hand hand : hands) {
      hand.wake();
    }
    for (Hand hand : hands) {
      hand.join();
    }
  }

  /** A thread that works on run after run. */
  private final class Hand {

    final Thread thread;
    private final int worker;
    private volatile boolean asleep;

    Hand(int worker, String name) {
      this.worker = worker;
      this.thread = new Thread(this::help, name + "-" + worker);
      thread.setDaemon(true);
    }

    private void help() {
      int last = 0;
      while (awaitRunAfter(last)) {
        last = run();
        work(worker);
      }
    }

    /** Returns whether there is one; false when the crew is closed. */
    private boolean awaitRunAfter(int last) {
      for (int look = 0; look < LOOKS && idle(last); look++) {
        Thread.onSpinWait();
      }
      if (idle(last)) {
        asleep = true;
        // Looks again after saying so: whoever starts a run first starts it and then looks who
        // sleeps.
        while (idle(last)) {
          LockSupport.park(Crew.this);
          Thread.interrupted(); // Nobody but close() ends a hand.
        }
        asleep = false;
      }
      return !closed;
    }

    private boolean idle(int last) {
      return !closed && run() == last;
    }

    void wake() {
      if (asleep) {
        LockSupport.unpark(thread);
      }
    }

    void join() {
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
