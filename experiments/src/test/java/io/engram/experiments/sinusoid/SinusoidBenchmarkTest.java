package io.engram.experiments.sinusoid;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.engine.fused.FusedEngine;
import org.junit.jupiter.api.Test;

class SinusoidBenchmarkTest {

  /** A hundredth of the training already tells: fixed seed, so the figures are always the same. */
  @Test
  void everyLearnerLearnsToLearnWaves() {
    BenchReport report =
        new SinusoidBenchmark(new FusedEngine(1), 0.006, 0, 100, null, line -> {}).run();

    double untrained = error(report, "untrained K=10");
    for (Learner learner : Learner.values()) {
      assertThat(error(report, learner.label() + " K=10"))
          .as(learner.label())
          .isLessThan(0.6 * untrained);
    }
    assertThat(error(report, "maml K=10")).isLessThan(error(report, "first-order K=10"));
  }

  private static double error(BenchReport report, String name) {
    return report.cases().stream()
        .filter(line -> line.name().equals(name) && line.metric().equals("error after 5 steps"))
        .mapToDouble(Case::value)
        .findFirst()
        .orElseThrow();
  }
}
