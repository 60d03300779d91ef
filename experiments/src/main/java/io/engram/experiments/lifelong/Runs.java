package io.engram.experiments.lifelong;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Executes runs that do not depend on each other, the longest first, one on each core at a time. */
final class Runs {

  private Runs() {}

  /**
   * One of them.
   *
   * @param done whether an earlier bench did it
   * @param weight about how long it takes, in any unit
   * @param work does it and says in a line what came out
   */
  record Run(boolean done, double weight, Supplier<String> work) {}

  /**
   * Does those that are to be done; returns when all are.
   *
   * @throws IllegalStateException if one failed; the others that had not begun are left out
   */
  static void execute(List<Run> runs, Consumer<String> say) {
    List<Run> longestFirst = new ArrayList<>(runs);
    longestFirst.removeIf(Run::done);
    longestFirst.sort(Comparator.comparingDouble(Run::weight).reversed());
    int earlier = runs.size() - longestFirst.size();
    if (earlier > 0) {
      say.accept(earlier + " runs were done before and are taken as they are");
    }
    double weight = longestFirst.stream().mapToDouble(Run::weight).sum();
    BenchProgress progress = new BenchProgress(longestFirst.size(), weight, say);
    ExecutorService cores =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<?>> started = new ArrayList<>();
      for (Run run : longestFirst) {
        started.add(cores.submit(() -> progress.finished(run.work().get(), run.weight())));
      }
      for (Future<?> future : started) {
        future.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted; the finished runs are kept", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run failed: " + e.getCause(), e.getCause());
    } finally {
      cores.shutdownNow();
    }
  }
}
