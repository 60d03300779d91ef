package io.engram.benchmarks.innerloop;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.engine.fused.FusedKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@code bench inner-loop} has found, and the goals that it is held against. */
final class InnerLoopCases {

  private final boolean quick;
  private final List<Case> cases = new ArrayList<>();

  InnerLoopCases(boolean quick) {
    this.quick = quick;
  }

  void add(Case line) {
    cases.add(line);
  }

  List<Case> all() {
    return cases;
  }

  /** Processor and kernels are no figures, but what all figures hang on. */
  void limits(SgemmLimit.Rates limit) {
    cases.add(Case.of("sgemm, one core", limit.library(), limit.one(), "GFLOP/s"));
    cases.add(
        Case.of("sgemm, all cores", "engine: " + FusedKernels.description(), limit.all(), "GFLOP/s")
            .versus("one core", limit.all() / limit.one()));
  }

  /**
   * Medians beside their goals.
   *
   * @param medians µs per task and step, by contender
   * @param ours Engram's
   */
  void goals(
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
            Case.of(name, "nominal arithmetic rate", rate, "GFLOP/s")
                .atLeast(
                    0.45,
                    "sgemm on all cores (" + Math.round(limit.all()) + " GFLOP/s)",
                    rate / limit.all()));
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
   * For machines that others use, too: medians there tell of the others. It takes the many batches of a whole run for one to meet
   * nobody. No goal is judged by it.
   */
  void shortest(String name, double value, String versus, double ratio) {
    if (!quick && !Double.isNaN(ratio)) {
      cases.add(Case.of(name, "shortest batch", value, "µs/step").versus(versus, ratio));
    }
  }

  /** Below one byte is none: what is left are a call's few objects, shared by all its task-steps. */
  void allocated(String name, String metric, double bytes) {
    cases.add(Case.of(name, metric, bytes, "B").goal("< 1", bytes < 1));
  }

  /** Engram is as many times as fast as another as it should be; nothing is said where the other did not run. */
  void atLeast(String name, double ours, String versus, double ratio, double goal) {
    if (!Double.isNaN(ratio)) {
      cases.add(Case.of(name, "speed", ours, "µs/step").atLeast(goal, versus, ratio));
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
