package io.engram.benchmarks.faults;

import io.engram.benchmarks.hostile.HonestTraffic;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Honest tasks at a steady rate, whatever becomes of the broker, in a thread of its own. */
final class Traffic implements AutoCloseable {

  private static final int MILLIS = 250;

  private final HonestTraffic honest;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::send, "bench-traffic");

  Traffic(String bootstrap, long seed) {
    this.honest = new HonestTraffic(bootstrap, seed);
    thread.start();
  }

  private void send() {
    try {
      while (!stop.await(MILLIS, TimeUnit.MILLISECONDS)) {
        honest.sendTask();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it, fills the learner's last group, and waits until the broker has everything. */
  HonestTraffic ended(int group) {
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
