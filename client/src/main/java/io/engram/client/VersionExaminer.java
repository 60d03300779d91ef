package io.engram.client;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.task.Task;
import io.engram.engine.fused.FusedEngine;
import io.engram.model.UnreadableVersionException;
import io.engram.schemas.Assembly;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Examines versions as a client takes them: reads one, tries it on made-up examples, and measures it on tasks of the log. Whatever a
 * version holds, and whatever goes wrong with it, is a finding; and none takes longer than the limit. For one thread.
 */
public final class VersionExaminer implements AutoCloseable {

  /** Examinations that were given up and still compute. */
  private static final int MOST_GIVEN_UP = 2;

  /** A candidate should not wait long for its judgement, where tasks are slow without fault. */
  private static final int BUDGETS = 30;

  private final ExaminerConfig config;
  private final Optional<TaskSample> sample;
  private final Supplier<ComputeEngine> engines;
  private final List<Thread> givenUp = new ArrayList<>();

  private VersionExaminer(
      ExaminerConfig config, Optional<TaskSample> sample, Supplier<ComputeEngine> engines) {
    this.config = config;
    this.sample = sample;
    this.engines = engines;
  }

  /**
   * An examiner that computes on one core.
   *
   * @param tasks name of the topic of tasks
   * @param kafka properties of the consumer; {@code bootstrap.servers} at least
   */
  public static VersionExaminer open(
      String tasks, Map<String, Object> kafka, ExaminerConfig config) {
    Optional<TaskSample> sample =
        config.tasks() == 0 ? Optional.empty() : Optional.of(new TaskSample(tasks, kafka, config));
    return new VersionExaminer(config, sample, () -> new FusedEngine(1));
  }

  /**
   * Examines a version.
   *
   * @param other what it is compared with, on the same tasks
   */
  public Examination examine(Assembly.Complete version, Optional<Assembly.Complete> other) {
    return examine(version, other, sample.map(TaskSample::tasks).orElse(List.of()));
  }

  /** The same, on tasks at hand. */
  Examination examine(
      Assembly.Complete version, Optional<Assembly.Complete> other, List<Task> tasks) {
    return inTime(() -> look(version, other, tasks));
  }

  static VersionExaminer of(ExaminerConfig config) {
    return new VersionExaminer(config, Optional.empty(), () -> new FusedEngine(1));
  }

  private Examination look(
      Assembly.Complete version, Optional<Assembly.Complete> other, List<Task> tasks) {
    try (Workbenches benches = new Workbenches(engines.get())) {
      Model model = read(version);
      Trial.of(benches, model);
      Optional<Model> compared = other.map(VersionExaminer::readable).flatMap(it -> it);
      long budget = config.timeLimit().toNanos() / BUDGETS;
      Comparison comparison = Comparison.of(benches, model, compared, tasks, budget);
      if (comparison.fitsNone()) {
        return new Examination.Unusable(
            "none of the %d newest tasks fits it, and %d fit what it would replace"
                .formatted(tasks.size(), comparison.tasks()));
      }
      return comparison.finding();
    } catch (UnreadableVersionException e) {
      return new Examination.Unusable(String.valueOf(e.getMessage()));
    }
  }

  private static Model read(Assembly.Complete version) {
    return Model.read(version, Instant.EPOCH, Instant.EPOCH);
  }

  private static Optional<Model> readable(Assembly.Complete version) {
    try {
      return Optional.of(read(version));
    } catch (UnreadableVersionException e) {
      return Optional.empty();
    }
  }

  /** On a thread of its own, which is left alone when its time is up: what is computed cannot be interrupted, but it ends. */
  private Examination inTime(Supplier<Examination> examination) {
    givenUp.removeIf(thread -> !thread.isAlive());
    if (givenUp.size() >= MOST_GIVEN_UP) {
      return new Examination.Unusable(
          "%d examinations that took too long are still running".formatted(givenUp.size()));
    }
    CompletableFuture<Examination> found = new CompletableFuture<>();
    Thread thread = new Thread(() -> complete(found, examination), "engram-examination");
    thread.setDaemon(true);
    thread.start();
    try {
      return found.get(config.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      givenUp.add(thread);
      return new Examination.Unusable(
          "to read it and adapt it took longer than %s".formatted(config.timeLimit()));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new Examination.Unusable("it cannot be used: " + cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      givenUp.add(thread);
      return new Examination.Unusable("its examination was interrupted");
    }
  }

  private static void complete(
      CompletableFuture<Examination> found, Supplier<Examination> examination) {
    try {
      found.complete(examination.get());
    } catch (RuntimeException | Error e) {
      found.completeExceptionally(e);
    }
  }

  @Override
  public void close() {
    sample.ifPresent(TaskSample::close);
  }
}
