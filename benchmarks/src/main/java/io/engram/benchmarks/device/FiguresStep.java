package io.engram.benchmarks.device;

import com.sun.management.ThreadMXBean;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.task.Episode;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** How long a meta-update takes: with its meta-batch prepared, and as a learner's whole outer step. */
final class FiguresStep implements Step {

  /** What the time of a prepared meta-update is called; {@link PeerComparison} looks for it. */
  static final String PREPARED = "meta-update, batch prepared";

  /** What the thousands of inner steps a second are called, all tasks together. */
  static final String TASK_STEPS = "task-steps a second";

  /** What the rate is called. */
  static final String RATE = "nominal TFLOP/s";

  /** What a learner's whole outer step is called. */
  static final String WHOLE = "meta-update, whole host path";

  /** {@code -Dengram.device.tasks=N} for one size alone. */
  private static final Integer ONLY = Integer.getInteger("engram.device.tasks");

  private static final List<Integer> TASKS = ONLY == null ? List.of(32, 256, 1024) : List.of(ONLY);

  private static final List<Integer> QUICK_TASKS = List.of(8);
  private static final int BATCHES = 3;
  private static final double MOST_SECONDS = ONLY == null ? 3 : 0.5;
  private static final double RATE_GOAL = 1e6;

  /** An almost empty meta-update: what is left is the way to the engine and back. */
  private static final DeviceCase TINY =
      new DeviceCase("tiny", "input(1) dense(4) tanh dense(2) softmax", 2, 2, 2, 1, 0.01f);

  @Override
  public void run(StepContext context) {
    ComputeEngine engine = context.open();
    overhead(context, engine);
    for (int tasks : context.quick() ? QUICK_TASKS : TASKS) {
      for (DeviceCase workload : DeviceCase.ALL) {
        try {
          measure(context, engine, workload, tasks);
        } catch (RuntimeException | LinkageError e) {
          missing(context, workload.name() + " " + tasks, e.toString());
        }
      }
    }
  }

  private static void overhead(StepContext context, ComputeEngine engine) {
    List<Episode> batch = new NoiseTasks(TINY, 1).batch(0);
    try (MetaProgram program = engine.compile(TINY.spec())) {
      Timing timing;
      try (Updates updates = Updates.prepared(program, TINY, batch, MetaRule.REPTILE)) {
        timing = Timing.of(updates, seconds(context));
      }
      context
          .cases()
          .add(
              Case.of(
                      "overhead",
                      "meta-update of almost nothing",
                      timing.median() * 1e3,
                      "µs",
                      timing.spread() + " (ms)")
                  .goal("<= 100", timing.median() * 1e3 <= 100));
    } catch (RuntimeException | LinkageError e) {
      missing(context, "overhead", e.toString());
    }
  }

  private static void measure(
      StepContext context, ComputeEngine engine, DeviceCase workload, int tasks) {
    if (context.budget().left() < 1) {
      missing(context, workload.name() + " " + tasks, "no time was left");
      return;
    }
    NoiseTasks noise = new NoiseTasks(workload, tasks);
    List<List<Episode>> batches =
        LongStream.range(0, ONLY == null ? BATCHES : 1).parallel().mapToObj(noise::batch).toList();
    try (MetaProgram program = engine.compile(workload.spec())) {
      for (MetaRule rule : MetaRule.values()) {
        String name = workload.label(tasks, rule);
        if (!program.capabilities().runs(workload.loop(), rule)) {
          missing(context, name, "the engine does not run this rule");
        } else if (context.budget().left() < 1) {
          missing(context, name, "no time was left");
        } else {
          measure(context, program, workload, batches, rule);
        }
      }
    }
  }

  private static void measure(
      StepContext context,
      MetaProgram program,
      DeviceCase workload,
      List<List<Episode>> batches,
      MetaRule rule) {
    int tasks = batches.get(0).size();
    String name = workload.label(tasks, rule);
    double millis;
    try (Updates update = Updates.prepared(program, workload, batches.get(0), rule)) {
      millis = prepared(context, workload, rule, tasks, update);
    } catch (RuntimeException | LinkageError e) {
      missing(context, name, e.toString());
      return;
    }
    if (context.budget().left() < millis / 1e3) {
      return;
    }
    // What was prepared is closed by now: two of them need not fit beside each other.
    try (Updates path = Updates.wholePath(program, workload, batches, rule)) {
      Timing whole = Timing.of(path, seconds(context));
      context.cases().add(Case.of(name, WHOLE, whole.median(), "ms", whole.spread()));
    } catch (RuntimeException | LinkageError e) {
      context.cases().add(Remark.missing(name, WHOLE, e.toString()));
      context.say().accept(name + ", whole host path: " + e);
    }
  }

  /** Returns the milliseconds of an update. */
  private static double prepared(
      StepContext context, DeviceCase workload, MetaRule rule, int tasks, Updates update) {
    String name = workload.label(tasks, rule);
    Timing prepared = Timing.of(update, seconds(context));
    double millis = prepared.median();
    double rate = tasks * workload.innerSteps() / millis * 1e3;
    boolean goal = workload.equals(DeviceCase.MLP) && tasks == 1024;
    double operations = tasks * NominalOperations.task(workload, rule);
    context
        .cases()
        .addAll(
            List.of(
                Case.of(name, PREPARED, millis, "ms", prepared.spread()),
                Case.of(name, TASK_STEPS, rate / 1e3, "thousand")
                    .goal(goal ? ">= " + RATE_GOAL / 1e3 : null, goal ? rate >= RATE_GOAL : null),
                Case.of(name, RATE, operations / millis / 1e9, "TFLOP/s", ""),
                allocation(name, update)));
    context
        .say()
        .accept(String.format(Locale.ROOT, "%s: %.3f ms, %,.0f task-steps/s", name, millis, rate));
    return millis;
  }

  private static Case allocation(String name, Updates update) {
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = bean.getCurrentThreadAllocatedBytes();
    update.run();
    long bytes = bean.getCurrentThreadAllocatedBytes() - before;
    bytes /= update.count();
    return Case.of(name, "heap allocated by the caller", (double) bytes, "B");
  }

  /** For one of the many timings. */
  private static double seconds(StepContext context) {
    int timings = 2 * MetaRule.values().length * DeviceCase.ALL.size() * TASKS.size();
    double share = context.budget().left() / timings;
    return Math.min(context.quick() ? 0.5 : MOST_SECONDS, share);
  }

  private static void missing(StepContext context, String name, String reason) {
    context.cases().add(Remark.missing(name, PREPARED, reason));
    context.say().accept(name + ": " + reason);
  }
}
