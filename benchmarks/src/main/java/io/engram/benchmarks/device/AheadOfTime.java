package io.engram.benchmarks.device;

import io.engram.benchmarks.learning.MetaRun;
import io.engram.core.task.Episode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Draws meta-batches on threads of its own before they are asked for, so that an engine never waits for its tasks. What it gives is still a
 * function of the step alone.
 */
final class AheadOfTime implements MetaRun.Tasks, AutoCloseable {

  private final MetaRun.Tasks tasks;
  private final int ahead;
  private final ExecutorService threads;
  private final Deque<Future<List<Episode>>> drawn = new ArrayDeque<>();
  private long next;

  /**
   * The same tasks, drawn earlier.
   *
   * @param tasks to be asked from several threads at once
   * @param threads that draw
   * @param ahead meta-batches kept ready
   */
  AheadOfTime(MetaRun.Tasks tasks, int threads, int ahead) {
    this.tasks = tasks;
    this.ahead = ahead;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "draw-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public List<Episode> batch(long step) {
    if (step != next) {
      drawn.clear(); // The first step of a run that goes on.
      next = step;
    }
    while (drawn.size() <= ahead) {
      long later = next + drawn.size();
      drawn.add(threads.submit(() -> tasks.batch(later)));
    }
    next++;
    try {
      return drawn.remove().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("meta-batch " + step + " cannot be drawn", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while drawing meta-batch " + step, e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
