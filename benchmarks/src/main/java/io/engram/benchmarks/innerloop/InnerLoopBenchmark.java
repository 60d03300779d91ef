package io.engram.benchmarks.innerloop;

import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Machine;
import io.engram.engine.fused.FusedKernels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code bench inner-loop}: microseconds per task and step, contender beside contender. Rounds are interleaved, so that a busy
 * neighbour slows all alike; the median counts.
 */
final class InnerLoopBenchmark {

  private static final List<String> RULES = List.of("reptile", "fomaml", "maml");

  private static final int SHARED_TASKS = 8;

  private final Consumer<String> progress;
  private final boolean quick;
  private final int rounds;
  private final int millis;
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final InnerLoopCases cases;

  InnerLoopBenchmark(boolean quick, Consumer<String> progress) {
    this.progress = progress;
    this.quick = quick;
    this.cases = new InnerLoopCases(quick);
    this.rounds = quick ? 3 : 9;
    this.millis = quick ? 40 : 400;
  }

  BenchReport run(boolean withPeers) {
    Machine machine = Machine.here();
    List<Contender> contenders = new ArrayList<>();
    EngramContender all = new EngramContender("engram", cores);
    contenders.add(all);
    // A machine of one core has no use for a second contender that is the same.
    EngramContender alone = cores == 1 ? all : new EngramContender("engram, 1 core", 1);
    if (alone != all) {
      contenders.add(alone);
    }
    if (withPeers) {
      addPeers(contenders, quick || machine.load() > 0.5 ? 1 : 2);
    }
    try {
      progress.accept("products by " + FusedKernels.description() + "; their limit here …");
      SgemmLimit.Rates limit = SgemmLimit.measure(cores, quick ? millis : millis / 2);
      cases.limits(limit);
      for (Workload workload : Workload.all()) {
        Map<String, Double> engram = new LinkedHashMap<>();
        for (String rule : RULES) {
          progress.accept("%s, %s …".formatted(workload.name(), rule));
          engram.put(rule, runCase(workload, rule, contenders, limit));
        }
        compareOrders(workload, engram, alone);
        scaling(workload, all, alone, limit);
        rateOfOneCore(workload, limit);
        allocation(workload, alone);
      }
    } finally {
      contenders.forEach(Contender::close);
    }
    if (withPeers && !quick) {
      allocationByJmh();
    }
    return new BenchReport("inner-loop", machine, cases.all());
  }

  private void addPeers(List<Contender> contenders, int mostThreads) {
    if (mostThreads == 1) {
      progress.accept(
          "peers with threads inside a product are left out: quick, or the machine is busy");
    }
    try {
      contenders.addAll(Peers.dl4j(mostThreads));
      contenders.addAll(Peers.libtorch(mostThreads));
    } catch (IOException e) {
      progress.accept("without some peers: " + e.getMessage());
    }
  }

  /** Returns Engram's median, in µs per task and step. */
  private double runCase(
      Workload workload, String rule, List<Contender> contenders, SgemmLimit.Rates limit) {
    // A smoke figure has no time for peers where no goal is at stake.
    List<Contender> running =
        contenders.stream()
            .filter(c -> c.runs(workload, rule))
            .filter(c -> !quick || c.name().equals("engram") || inQuick(c, workload, rule))
            .toList();
    double perStep = 1e3 * workload.tasks() * workload.steps();
    double[][] rates = new double[running.size()][rounds];
    for (Contender contender : running) {
      contender.measure(workload, rule, quick ? 2 * millis : 5 * millis);
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < running.size(); i++) {
        rates[i][round] = running.get(i).measure(workload, rule, millis) / perStep;
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    String name = workload.name() + " " + rule;
    for (int i = 0; i < running.size(); i++) {
      Arrays.sort(rates[i]);
      double median = rates[i][rounds / 2];
      medians.put(running.get(i).name(), median);
      cases.add(
          Case.of(
              name,
              running.get(i).name(),
              median,
              "µs/step",
              String.format(Locale.ROOT, "%.1f – %.1f", rates[i][0], rates[i][rounds - 1])));
    }
    double ours = medians.getOrDefault("engram", Double.NaN);
    if (rule.equals("reptile")) {
      cases.goals(workload, name, medians, ours, limit);
    }
    return ours;
  }

  private static boolean inQuick(Contender peer, Workload workload, String rule) {
    boolean slow = peer.name().startsWith("DL4J") && !workload.name().equals("mlp");
    return rule.equals("reptile") && !slow;
  }

  /**
   * One core beside two, round by round. The batch is made so large that two cores can share it evenly: of five tasks one core
   * must take three, and nobody could be more than 1.67 times as fast.
   */
  private void scaling(
      Workload workload, EngramContender all, EngramContender alone, SgemmLimit.Rates limit) {
    if (cores != 2) {
      return;
    }
    Workload even = workload.ofAtLeastTasks(SHARED_TASKS);
    double[] ratios = new double[rounds];
    double[] times = new double[rounds];
    double perStep = 1e3 * even.tasks() * even.steps();
    alone.measure(even, "reptile", millis);
    all.measure(even, "reptile", millis);
    for (int round = 0; round < rounds; round++) {
      double one = alone.measure(even, "reptile", millis) / perStep;
      times[round] = all.measure(even, "reptile", millis) / perStep;
      ratios[round] = one / times[round];
    }
    Arrays.sort(ratios);
    Arrays.sort(times);
    String name = workload.name() + " reptile, " + even.tasks() + " tasks";
    double gain = limit.all() / limit.one();
    cases.atLeast(
        name,
        times[rounds / 2],
        String.format(Locale.ROOT, "what two sgemms gain: %.2f of %.2f", ratios[rounds / 2], gain),
        ratios[rounds / 2] / gain,
        0.95);
    double shortest = all.shortest(even, "reptile");
    cases.shortest(
        name, shortest / perStep, "one core's", alone.shortest(even, "reptile") / shortest);
  }

  /** One task on one core, the shortest of many times, so that others on the machine hardly count. */
  private void rateOfOneCore(Workload workload, SgemmLimit.Rates limit) {
    if (!workload.name().startsWith("conv4")) {
      return;
    }
    Workload single = workload.ofOneTask();
    try (EngramContender alone = new EngramContender("engram, 1 task", 1)) {
      for (int round = 0; round < rounds; round++) {
        alone.measure(single, "reptile", 2 * millis);
      }
      double nanos = alone.shortest(single, "reptile") / single.steps();
      double rate = workload.convolutionsPerStep() / nanos;
      cases.add(
          Case.of(
                  workload.name() + " reptile, 1 core",
                  "arithmetic rate, shortest task",
                  rate,
                  "GFLOP/s")
              .atLeast(
                  0.7,
                  "the best sgemm of a core (" + Math.round(limit.one()) + " GFLOP/s)",
                  rate / limit.one()));
    }
  }

  private void compareOrders(Workload workload, Map<String, Double> engram, EngramContender alone) {
    double first = engram.getOrDefault("fomaml", Double.NaN);
    double second = engram.getOrDefault("maml", Double.NaN);
    cases.add(
        Case.of(workload.name() + " maml", "time", second, "µs/step")
            .atMost(3.5, "first order", second / first));
    double shortest = alone.shortest(workload, "maml");
    cases.shortest(
        workload.name() + " maml, 1 core",
        shortest / (1e3 * workload.tasks() * workload.steps()),
        "first order's",
        shortest / alone.shortest(workload, "fomaml"));
  }

  private void allocation(Workload workload, EngramContender alone) {
    boolean slow = workload.name().startsWith("conv4");
    for (String rule : quick && slow ? RULES.subList(0, 1) : RULES) {
      double bytes = alone.allocation(workload, rule);
      cases.allocated(workload.name() + " " + rule, "heap allocated per task-step", bytes);
    }
  }

  /**
   * For the workloads of many short steps: JMH's own 40 kB an iteration are more than nothing where a step takes milliseconds. There
   * {@link #allocation} counts alone.
   */
  private void allocationByJmh() {
    progress.accept("allocation as JMH counts it …");
    try {
      Peers.allocation(Workload.dense())
          .forEach(
              (name, bytes) -> cases.allocated(name, "gc.alloc.rate.norm per task-step", bytes));
    } catch (IOException e) {
      progress.accept("without JMH: " + e.getMessage());
    }
  }
}
