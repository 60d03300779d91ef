package io.engram.experiments.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.cli.config.Layers;
import org.junit.jupiter.api.Test;

class StreamBenchmarkTest {

  @Test
  void theShippedSettingsLearnWaves() {
    Layers layers =
        Layers.none()
            .withPreset("sinusoid")
            .withAssignment("source.tasks=400")
            .withAssignment("learner.window=100");
    BenchReport report = new StreamBenchmark(layers, 400, null, line -> {}).run();

    double learned = value(report, "last 100 of 400 tasks", "learner");
    assertThat(learned).isLessThan(value(report, "first 100 tasks", "learner"));
    assertThat(learned).isLessThan(0.4 * value(report, "last 100 of 400 tasks", "untrained"));
  }

  private static double value(BenchReport report, String name, String metric) {
    return report.cases().stream()
        .filter(line -> line.name().equals(name) && line.metric().equals(metric))
        .mapToDouble(Case::value)
        .findFirst()
        .orElseThrow();
  }
}
