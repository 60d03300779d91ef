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
  private final List<Case> cases = new ArrayList<>();

  InnerLoopBenchmark(boolean quick, Consumer<String> progress) {
    this.progress = progress;
    this.quick = quick;
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
      limits(limit);
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
    return new BenchReport("inner-loop", machine, cases);
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
      goals(workload, name, medians, ours, limit);
    }
    return ours;
  }

  private static boolean inQuick(Contender peer, Workload workload, String rule) {
    boolean slow = peer.name().startsWith("DL4J") && !workload.name().equals("mlp");
    return rule.equals("reptile") && !slow;
  }

  private void goals(
      Workload workload,
      String name,
      Map<String, Double> medians,
      double ours,
      SgemmLimit.Rates limit) {
    double perTask = best(medians, "libtorch per task", "libtorch tasks");
    double batched = best(medians, "libtorch batched");
    double dl4j = best(medians, "DL4J");
    switch (workload.name()) {
      case "mlp" -> {
        atLeast(name, ours, "best libtorch", Math.min(perTask, batched) / ours, 5.0);
        atLeast(name, ours, "DL4J", dl4j / ours, 50);
        double rate = workload.mlpOperationsPerStep() / (ours * 1e3);
        cases.add(
            Case.atLeast(
                name,
                "nominal arithmetic rate",
                rate,
                "GFLOP/s",
                "sgemm on all cores (" + Math.round(limit.all()) + " GFLOP/s)",
                rate / limit.all(),
                0.45));
      }
      case "conv4-10" -> {
        atLeast(name, ours, "best libtorch", perTask / ours, 2.0);
        atLeast(name, ours, "DL4J", dl4j / ours, 25);
      }
      case "conv4-25" -> {
        atLeast(name, ours, "best libtorch", perTask / ours, 1.7);
        atLeast(name, ours, "DL4J", dl4j / ours, 25);
      }
      default -> {
        atLeast(name, ours, "libtorch per task", perTask / ours, 5);
        atLeast(name, ours, "libtorch batched over tasks", batched / ours, 2.5);
      }
    }
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
    atLeast(
        name,
        times[rounds / 2],
        String.format(Locale.ROOT, "what two sgemms gain: %.2f of %.2f", ratios[rounds / 2], gain),
        ratios[rounds / 2] / gain,
        0.95);
    double shortest = all.shortest(even, "reptile");
    shortest(name, shortest / perStep, "one core's", alone.shortest(even, "reptile") / shortest);
  }

  /** Processor and kernels are no figures, but what all figures hang on. */
  private void limits(SgemmLimit.Rates limit) {
    cases.add(
        new Case(
            "sgemm, one core",
            limit.library(),
            limit.one(),
            "GFLOP/s",
            null,
            null,
            null,
            null,
            null));
    cases.add(
        new Case(
            "sgemm, all cores",
            "engine: " + FusedKernels.description(),
            limit.all(),
            "GFLOP/s",
            null,
            "one core",
            limit.all() / limit.one(),
            null,
            null));
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
          Case.atLeast(
              workload.name() + " reptile, 1 core",
              "arithmetic rate, shortest task",
              rate,
              "GFLOP/s",
              "the best sgemm of a core (" + Math.round(limit.one()) + " GFLOP/s)",
              rate / limit.one(),
              0.7));
    }
  }

  private void compareOrders(Workload workload, Map<String, Double> engram, EngramContender alone) {
    double first = engram.getOrDefault("fomaml", Double.NaN);
    double second = engram.getOrDefault("maml", Double.NaN);
    cases.add(
        Case.atMost(
            workload.name() + " maml",
            "time",
            second,
            "µs/step",
            "first order",
            second / first,
            3.5));
    double shortest = alone.shortest(workload, "maml");
    shortest(
        workload.name() + " maml, 1 core",
        shortest / (1e3 * workload.tasks() * workload.steps()),
        "first order's",
        shortest / alone.shortest(workload, "fomaml"));
  }

  /**
   * For machines that others use, too: medians there tell of the others. It takes the many batches of a whole run for one to meet
   * nobody. No goal is judged by it.
   */
  private void shortest(String name, double value, String versus, double ratio) {
    if (!quick && !Double.isNaN(ratio)) {
      cases.add(
          new Case(name, "shortest batch", value, "µs/step", null, versus, ratio, null, null));
    }
  }

  private void allocation(Workload workload, EngramContender alone) {
    boolean slow = workload.name().startsWith("conv4");
    for (String rule : quick && slow ? RULES.subList(0, 1) : RULES) {
      double bytes = alone.allocation(workload, rule);
      allocated(workload.name() + " " + rule, "heap allocated per task-step", bytes);
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
          .forEach((name, bytes) -> allocated(name, "gc.alloc.rate.norm per task-step", bytes));
    } catch (IOException e) {
      progress.accept("without JMH: " + e.getMessage());
    }
  }

  /** Below one byte is none: what is left are a call's few objects, shared by all its task-steps. */
  private void allocated(String name, String metric, double bytes) {
    cases.add(new Case(name, metric, bytes, "B", null, null, null, "< 1", bytes < 1));
  }

  private void atLeast(String name, double ours, String versus, double ratio, double goal) {
    if (!Double.isNaN(ratio)) {
      cases.add(Case.atLeast(name, "speed", ours, "µs/step", versus, ratio, goal));
    }
  }

  /** The smallest median among contenders with one of these prefixes; NaN if there is none. */
  private static double best(Map<String, Double> medians, String... prefixes) {
    double best = Double.NaN;
    for (Map.Entry<String, Double> median : medians.entrySet()) {
      for (String prefix : prefixes) {
        if (median.getKey().startsWith(prefix) && !(median.getValue() >= best)) {
          best = median.getValue();
        }
      }
    }
    return best;
  }
}
