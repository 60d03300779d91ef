package io.engram.cli.ops;

import io.engram.servicekit.health.Health;
import io.engram.servicekit.http.AllowedHosts;
import io.engram.servicekit.http.HttpAnswer;
import io.engram.servicekit.http.HttpBinding;
import io.engram.servicekit.http.HttpHandler;
import io.engram.servicekit.http.HttpLimits;
import io.engram.servicekit.http.HttpPort;
import io.engram.servicekit.http.HttpRequest;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Serves {@code /metrics} in Prometheus' text format, {@code /health}: 200 "up", or 503 and what is wrong, {@code /ready}, which says the same,
 * and {@code /live}: 200 as long as the process answers. What a restart does not mend is no reason for one.
 */
public final class OpsServer implements AutoCloseable {

  private static final String METRICS = "/metrics";
  private static final String HEALTH = "/health";
  private static final String READY = "/ready";
  private static final String LIVE = "/live";
  private static final Set<String> LIGHT = Set.of(HEALTH, READY, LIVE);

  private final HttpPort port;

  private OpsServer(HttpPort port) {
    this.port = port;
  }

  /**
   * Starts serving.
   *
   * @param port 0 to pick a free one
   * @param allowedHosts names it may be spoken to under, beside loopback and the address that a request comes to
   * @param health asked at each call; must answer at once
   * @throws PortUnavailable if it cannot listen there
   */
  public static OpsServer start(
      String host,
      int port,
      List<String> allowedHosts,
      PrometheusMeterRegistry meters,
      Supplier<Health> health) {
    try {
      return new OpsServer(
          HttpPort.open(
              new HttpBinding("engram-ops", host, port, Optional.empty()),
              HttpLimits.USUAL,
              AllowedHosts.of(allowedHosts),
              new Answering(meters, health)));
    } catch (IOException e) {
      throw new PortUnavailable(
          "cannot serve metrics on %s:%d: %s".formatted(host, port, e.getMessage()), e);
    }
  }

  /** Where it listens. */
  public int port() {
    return port.address().getPort();
  }

  @Override
  public void close() {
    port.close();
  }

  private record Answering(PrometheusMeterRegistry meters, Supplier<Health> health)
      implements HttpHandler {

    @Override
    public HttpAnswer answer(HttpRequest request) {
      boolean metrics = request.path().equals(METRICS);
      if (!metrics && !LIGHT.contains(request.path())) {
        return HttpAnswer.text(404, "not here\n");
      }
      if (!request.method().equals("GET")) {
        return HttpAnswer.text(405, "only GET\n").with("Allow", "GET");
      }
      if (request.path().equals(LIVE)) {
        return HttpAnswer.text(200, "up\n");
      }
      return metrics ? scraped() : said();
    }

    @Override
    public boolean light(String path) {
      return LIGHT.contains(path);
    }

    private HttpAnswer scraped() {
      return new HttpAnswer.Whole(
          200,
          Map.of("Content-Type", "text/plain; version=0.0.4; charset=utf-8"),
          meters.scrape().getBytes(StandardCharsets.UTF_8));
    }

    private HttpAnswer said() {
      Health now = health.get();
      return HttpAnswer.text(now.up() ? 200 : 503, now.detail() + "\n");
    }
  }
}
