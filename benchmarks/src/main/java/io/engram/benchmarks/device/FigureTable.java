package io.engram.benchmarks.device;

import io.engram.benchmarks.BenchReport.Case;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The times of meta-updates, a line for each case: what takes five lines of the report, side by side. */
final class FigureTable {

  private FigureTable() {}

  static String of(List<Case> cases) {
    Map<String, Map<String, Double>> byName = new LinkedHashMap<>();
    for (Case line : cases) {
      byName
          .computeIfAbsent(line.name(), name -> new LinkedHashMap<>())
          .merge(line.metric(), line.value(), Math::min);
    }
    double limit =
        byName.getOrDefault("card", Map.of()).getOrDefault(PeerComparison.SGEMM, Double.NaN);
    StringBuilder text = new StringBuilder();
    byName.forEach(
        (name, figures) -> {
          if (figures.containsKey(FiguresStep.PREPARED)) {
            text.append(line(name, figures, limit));
          }
        });
    return text.length() == 0 ? "" : heading() + text;
  }

  private static String heading() {
    return String.format(
        Locale.ROOT,
        "%-22s %10s %10s %12s %8s %7s %10s %7s %10s%n",
        "meta-update",
        "ms",
        "whole ms",
        "task-steps/s",
        "TFLOP/s",
        "/sgemm",
        "torch ms",
        "speed",
        "torch TF32");
  }

  private static String line(String name, Map<String, Double> figures, double limit) {
    double millis = figures.getOrDefault(FiguresStep.PREPARED, Double.NaN);
    double rate = figures.getOrDefault(FiguresStep.RATE, Double.NaN);
    double torch = figures.getOrDefault(PeerComparison.TORCH, Double.NaN);
    return String.format(
        Locale.ROOT,
        "%-22s %10.3f %10.3f %12.0f %8.2f %7.2f %10.3f %7.2f %10.3f%n",
        name,
        millis,
        figures.getOrDefault(FiguresStep.WHOLE, Double.NaN),
        1e3 * figures.getOrDefault(FiguresStep.TASK_STEPS, Double.NaN),
        rate,
        rate / limit,
        torch,
        torch / millis,
        figures.getOrDefault(PeerComparison.TORCH_TF32, Double.NaN));
  }
}
