package io.engram.modelregistry.serving;

import static io.engram.servicekit.metrics.Metric.counter;
import static io.engram.servicekit.metrics.Metric.timer;

import io.engram.servicekit.metrics.Metric;
import java.util.List;

/** What the registry exports of questions that it answers. */
public final class ServingMetrics {

  static final Metric SECONDS =
      timer(
              "engram_registry_serving_seconds",
              "From a question of adapt-and-predict read to its answer, waiting for its turn included")
          .lookWhen("p99 above what callers bear");
  static final Metric REQUESTS =
      counter(
              "engram_registry_serving_requests_total",
              "Questions of adapt-and-predict by what became of them: answered, wrong (4xx) or refused (429)")
          .by("outcome")
          .lookWhen("`refused` grows: more `registry.serving.workers`, or fewer callers");

  private ServingMetrics() {}

  /** All of them. */
  public static List<Metric> all() {
    return List.of(SECONDS, REQUESTS);
  }
}
