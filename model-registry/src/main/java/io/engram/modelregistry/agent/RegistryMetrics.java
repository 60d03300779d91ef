package io.engram.modelregistry.agent;

import static io.engram.servicekit.metrics.Metric.counter;
import static io.engram.servicekit.metrics.Metric.gauge;
import static io.engram.servicekit.metrics.Metric.timer;

import io.engram.servicekit.metrics.Metric;
import java.util.List;

/** What the registry exports of its decisions. Its counters start again at 0 with the process. */
public final class RegistryMetrics {

  static final Metric CHAMPION =
      gauge("engram_registry_champion", "Version that is published; 0 while there is none")
          .by("model")
          .lookWhen(
              "it stands still while candidates come: the gate refuses them (`EngramNoPromotion`)");
  static final Metric EVENTS =
      counter(
              "engram_registry_events_total",
              "What the registry decided since its start: Promoted, Refused, RolledBack and others")
          .by("model", "kind")
          .lookWhen("`Refused` grows and `Promoted` does not (`EngramNoPromotion`)");
  static final Metric IGNORED =
      counter("engram_registry_ignored_total", "Records it could make nothing of")
          .by("why")
          .lookWhen("any");
  static final Metric FOREIGN =
      gauge(
              "engram_registry_foreign",
              "Records of registry-events that no registry wrote, passed over at the start")
          .lookWhen("any: who else may write there?");
  static final Metric LAG =
      gauge("engram_registry_lag", "Records of model-candidates that wait to be read")
          .lookWhen("it grows");
  static final Metric COMMITS =
      timer(
              "engram_registry_commit_seconds",
              "From a candidate read, or a call taken, to its events and updates visible")
          .lookWhen("above a few seconds");
  static final Metric EXAMINATIONS =
      timer(
              "engram_registry_examination_seconds",
              "To read and measure a candidate, and to judge it")
          .lookWhen("above a second");

  private RegistryMetrics() {}

  /** All of them. */
  public static List<Metric> all() {
    return List.of(CHAMPION, EVENTS, IGNORED, FOREIGN, LAG, COMMITS, EXAMINATIONS);
  }
}
