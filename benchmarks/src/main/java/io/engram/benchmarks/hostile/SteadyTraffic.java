package io.engram.benchmarks.hostile;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Honest tasks at a steady rate, four a second, whatever becomes of the broker, in a thread of its own. */
public final class SteadyTraffic implements AutoCloseable {

  private static final int MILLIS = 250;

  private final HonestTraffic honest;
  private final Runnable afterEach;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::send, "bench-traffic");

  /**
   * Begins.
   *
   * @param honest closed here
   * @param afterEach done in the same thread after each task
   */
  public SteadyTraffic(HonestTraffic honest, Runnable afterEach) {
    this.honest = honest;
    this.afterEach = afterEach;
    thread.start();
  }

  private void send() {
    try {
      while (!stop.await(MILLIS, TimeUnit.MILLISECONDS)) {
        honest.sendTask();
        afterEach.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it, fills the learner's last group, and waits until the broker has everything. */
  public HonestTraffic ended(int group) {
    stop.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    while (honest.tasks() % group != 0) {
      honest.sendTask();
    }
    honest.settle();
    return honest;
  }

  @Override
  public void close() {
    stop.countDown();
    honest.close();
  }
}
