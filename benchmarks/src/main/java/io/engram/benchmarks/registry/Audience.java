package io.engram.benchmarks.registry;

import io.engram.client.Engram;
import io.engram.client.ModelSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeoutException;

/** Subscribers in threads of their own, each with a subscription of its own; they wait for a version together. */
final class Audience implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<Thread> threads = new ArrayList<>();
  private final Phaser rounds;
  private volatile long wanted;
  private volatile boolean over;
  private volatile CountDownLatch holders = new CountDownLatch(0);
  private volatile long slowest;

  Audience(Engram engram, String model, int size) {
    this.rounds = new Phaser(size + 1);
    for (int i = 0; i < size; i++) {
      ModelSubscription subscription = engram.subscribe(model);
      Thread thread = new Thread(() -> listen(subscription), "subscriber-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  /** Has everybody wait for a version from now on. */
  void expect(long version) {
    wanted = version;
    slowest = Long.MIN_VALUE;
    holders = new CountDownLatch(threads.size());
    rounds.arriveAndAwaitAdvance();
  }

  /** Waits until everybody holds it; the time, by {@link System#nanoTime}, at which the last one did. */
  long awaitAll() throws InterruptedException {
    holders.await();
    return slowest;
  }

  private void listen(ModelSubscription subscription) {
    try (subscription) {
      rounds.arriveAndAwaitAdvance();
      while (!over) {
        long version = wanted;
        subscription.subscriber().await(model -> model.version() == version, PATIENCE);
        hold(System.nanoTime());
        rounds.arriveAndAwaitAdvance();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      throw new IllegalStateException("a subscriber never got version " + wanted, e);
    }
  }

  private synchronized void hold(long at) {
    slowest = Math.max(slowest, at);
    holders.countDown();
  }

  @Override
  public void close() {
    over = true;
    rounds.arriveAndDeregister();
    threads.forEach(Thread::interrupt);
  }
}
