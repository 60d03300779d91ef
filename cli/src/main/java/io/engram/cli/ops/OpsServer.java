package io.engram.cli.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Serves {@code /metrics} in Prometheus' text format and {@code /health}: 200 "up", or 503 and what is wrong. */
public final class OpsServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService executor;

  private OpsServer(HttpServer server, ExecutorService executor) {
    this.server = server;
    this.executor = executor;
  }

  /**
   * Starts serving.
   *
   * @param port 0 to pick a free one
   * @throws PortUnavailable if it cannot listen there
   */
  public static OpsServer start(
      String host, int port, PrometheusMeterRegistry meters, Supplier<Health> health) {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(host, port), 0);
    } catch (IOException e) {
      throw new PortUnavailable(
          "cannot serve metrics on %s:%d: %s".formatted(host, port, e.getMessage()), e);
    }
    ExecutorService executor =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, "engram-ops");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(executor);
    server.createContext("/metrics", get("/metrics", () -> metrics(meters)));
    server.createContext("/health", get("/health", () -> health(health.get())));
    server.start();
    return new OpsServer(server, executor);
  }

  /** Where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  private record Answer(int status, String type, String body) {}

  private static Answer metrics(PrometheusMeterRegistry meters) {
    return new Answer(200, "text/plain; version=0.0.4; charset=utf-8", meters.scrape());
  }

  private static Answer health(Health health) {
    return new Answer(health.up() ? 200 : 503, "text/plain; charset=utf-8", health.detail() + "\n");
  }

  private static HttpHandler get(String path, Supplier<Answer> answer) {
    return exchange -> {
      try (exchange) {
        if (!exchange.getRequestURI().getPath().equals(path)) {
          send(exchange, new Answer(404, "text/plain", "not here\n"));
        } else if (!exchange.getRequestMethod().equals("GET")) {
          exchange.getResponseHeaders().add("Allow", "GET");
          send(exchange, new Answer(405, "text/plain", "only GET\n"));
        } else {
          send(exchange, answer.get());
        }
      }
    };
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", answer.type);
    exchange.sendResponseHeaders(answer.status, body.length);
    exchange.getResponseBody().write(body);
  }
}
