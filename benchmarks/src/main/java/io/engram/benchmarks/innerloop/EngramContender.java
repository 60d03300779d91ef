package io.engram.benchmarks.innerloop;

import static java.util.Objects.requireNonNull;

import com.sun.management.ThreadMXBean;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.task.Episode;
import io.engram.engine.fused.FusedEngine;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fused engine. */
final class EngramContender implements Contender {

  private final String name;
  private final int threads;
  private final Map<Workload, Loaded> loaded = new HashMap<>();

  EngramContender(String name, int threads) {
    this.name = name;
    this.threads = threads;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean runs(Workload workload, String rule) {
    return true;
  }

  @Override
  public double measure(Workload workload, String rule, int millis) {
    Loaded target = loaded.computeIfAbsent(workload, w -> new Loaded(w, threads));
    MetaRule metaRule = rule(rule);
    Stopwatch.Timing timing = Stopwatch.time(() -> target.run(metaRule), millis);
    target.shortest.merge(metaRule, timing.shortest(), Math::min);
    return timing.mean();
  }

  /** The shortest meta-batch of all that were measured, in nanoseconds; NaN if none was. */
  double shortest(Workload workload, String rule) {
    Loaded target = loaded.get(workload);
    return target == null ? Double.NaN : target.shortest.getOrDefault(rule(rule), Double.NaN);
  }

  /** Bytes allocated by this thread per task-step; needs an engine of one thread. */
  double allocation(Workload workload, String rule) {
    Loaded target = loaded.computeIfAbsent(workload, w -> new Loaded(w, threads));
    MetaRule metaRule = rule(rule);
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int calls = 5;
    for (int i = 0; i < calls; i++) {
      target.run(metaRule); // The first calls make the buffers.
    }
    long before = bean.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < calls; i++) {
      target.run(metaRule);
    }
    long bytes = bean.getCurrentThreadAllocatedBytes() - before;
    return (double) bytes / calls / workload.tasks() / workload.steps();
  }

  private static MetaRule rule(String rule) {
    return switch (rule) {
      case "reptile" -> MetaRule.REPTILE;
      case "fomaml" -> MetaRule.FIRST_ORDER;
      case "maml" -> MetaRule.SECOND_ORDER;
      default -> throw new IllegalArgumentException("unknown rule " + rule);
    };
  }

  @Override
  public void close() {
    loaded.values().forEach(target -> target.program.close());
  }

  private static final class Loaded {
    final MetaProgram program;
    final float[] theta;
    final List<Episode> episodes;
    final Map<MetaRule, MetaObjective> objectives = new EnumMap<>(MetaRule.class);
    final MetaGradient gradient;
    final Map<MetaRule, Double> shortest = new EnumMap<>(MetaRule.class);

    Loaded(Workload workload, int threads) {
      program = new FusedEngine(threads).compile(workload.spec());
      theta = workload.theta();
      episodes = workload.episodes();
      InnerLoop loop = InnerLoop.sgd(workload.steps(), 0.01f);
      for (MetaRule rule : MetaRule.values()) {
        objectives.put(rule, MetaObjective.of(loop, rule));
      }
      gradient = MetaGradient.of(theta.length);
    }

    void run(MetaRule rule) {
      program.metaGradient(theta, episodes, requireNonNull(objectives.get(rule)), gradient);
    }
  }
}
