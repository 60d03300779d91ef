package io.engram.deploy;

import io.engram.cli.ops.ProcessMetrics;
import io.engram.ingest.IngestMetrics;
import io.engram.learner.LearnerMetrics;
import io.engram.modelregistry.agent.RegistryMetrics;
import io.engram.modelregistry.serving.ServingMetrics;
import io.engram.predict.PredictMetrics;
import io.engram.servicekit.metrics.Metric;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every metric that Engram declares. */
final class Catalogue {

  private Catalogue() {}

  static List<Metric> all() {
    return Stream.of(
            ProcessMetrics.all(),
            IngestMetrics.all(),
            LearnerMetrics.all(),
            RegistryMetrics.all(),
            ServingMetrics.all(),
            PredictMetrics.all())
        .flatMap(List::stream)
        .toList();
  }

  /** Names of those that tell models apart. */
  static Set<String> byModel() {
    return all().stream()
        .filter(it -> it.labels().contains("model"))
        .flatMap(Catalogue::series)
        .collect(Collectors.toSet());
  }

  /** Names of the series that a metric is exported as. */
  static Stream<String> series(Metric metric) {
    return metric.kind() == Metric.Kind.TIMER
        ? Stream.of("", "_sum", "_count", "_max").map(metric.name()::concat)
        : Stream.of(metric.name());
  }

  /** The manual's table. */
  static String table() {
    StringBuilder table =
        new StringBuilder("| metric | kind | meaning | look when |\n| --- | --- | --- | --- |\n");
    for (Metric metric : all()) {
      String labels =
          metric.labels().isEmpty() ? "" : "{" + String.join(",", metric.labels()) + "}";
      String unit = metric.unit().isEmpty() ? "" : ", " + metric.unit();
      table.append(
          "| `%s%s` | %s%s | %s | %s |\n"
              .formatted(
                  metric.name(),
                  labels,
                  metric.kind().name().toLowerCase(Locale.ROOT),
                  unit,
                  metric.help(),
                  metric.look()));
    }
    return table.toString();
  }
}
