package io.engram.cli.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.servicekit.health.Health;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class OpsServerTest {

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void metricsAndHealthAreServed() throws IOException, InterruptedException {
    meters.counter("engram.test.things").increment(3);
    AtomicReference<Health> health = new AtomicReference<>(Health.down("starting"));
    try (OpsServer server = OpsServer.start("127.0.0.1", 0, List.of(), meters, health::get)) {
      assertThat(get(server, "/metrics", "GET").body()).contains("engram_test_things_total 3.0");
      assertThat(get(server, "/health", "GET").statusCode()).isEqualTo(503);
      assertThat(get(server, "/health", "GET").body()).isEqualTo("starting\n");
      assertThat(get(server, "/ready", "GET").statusCode()).isEqualTo(503);
      assertThat(get(server, "/live", "GET").statusCode()).isEqualTo(200);
      health.set(Health.healthy());
      assertThat(get(server, "/ready", "GET").statusCode()).isEqualTo(200);
      assertThat(get(server, "/health", "GET").statusCode()).isEqualTo(200);
      assertThat(get(server, "/ready", "GET").statusCode()).isEqualTo(200);
      assertThat(get(server, "/healthy", "GET").statusCode()).isEqualTo(404);
      assertThat(get(server, "/metrics", "DELETE").statusCode()).isEqualTo(405);
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    try (OpsServer first = OpsServer.start("127.0.0.1", 0, List.of(), meters, Health::healthy)) {
      assertThatThrownBy(
              () ->
                  OpsServer.start("127.0.0.1", first.port(), List.of(), meters, Health::healthy)
                      .close())
          .isInstanceOf(PortUnavailable.class)
          .hasMessageContaining("127.0.0.1:" + first.port());
    }
  }

  private static HttpResponse<String> get(OpsServer server, String path, String method)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path));
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
