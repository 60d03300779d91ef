package io.engram.modelregistry.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.engram.modelregistry.RegistryService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The registry's HTTP server. Thread-safe. */
public final class RegistryHttp implements AutoCloseable {

  private static final int THREADS = 64;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
  private final boolean secure;
  private volatile boolean open = true;

  private RegistryHttp(HttpServer server, boolean secure) {
    this.server = server;
    this.secure = secure;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            2,
            THREADS,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
              Thread thread = new Thread(work, "registry-http-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Begins to listen. The service stays the caller's, to be closed after this.
   *
   * @throws UncheckedIOException if the address cannot be had, or token or key store not be read
   */
  public static RegistryHttp start(HttpConfig config, RegistryService registry) {
    Token token = Token.at(config.tokenFile());
    HttpServer server = Listener.bind(config);
    RegistryHttp http = new RegistryHttp(server, config.tls().isPresent());
    List<Route> routes = Routes.of(registry);
    Door door = new Door(routes, token, config.maxBodyBytes());
    server.setExecutor(http.threads);
    server.createContext("/", exchange -> http.answer(exchange, door, registry));
    server.start();
    return http;
  }

  /** Where it listens. */
  public URI uri() {
    InetSocketAddress address = server.getAddress();
    return URI.create(
        "%s://%s:%d"
            .formatted(
                secure ? "https" : "http",
                address.getAddress().getHostAddress(),
                address.getPort()));
  }

  /** Stops listening and ends the event streams. Idempotent. */
  @Override
  public void close() {
    open = false;
    streams.forEach(EventStream::wake);
    server.stop(1);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange, Door door, RegistryService registry)
      throws IOException {
    try (exchange) {
      Answer answer = door.answer(exchange);
      if (answer instanceof Answer.Whole whole) {
        send(exchange, whole);
      } else if (answer instanceof Answer.Events events) {
        stream(exchange, events, registry);
      }
    }
  }

  private static void send(HttpExchange exchange, Answer.Whole answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    boolean empty = answer.body().length == 0;
    exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
    if (!empty) {
      exchange.getResponseBody().write(answer.body());
    }
  }

  private void stream(HttpExchange exchange, Answer.Events events, RegistryService registry)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0);
    EventStream stream = new EventStream(registry, exchange.getResponseBody());
    streams.add(stream);
    try {
      stream.run(events.after(), () -> open);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      streams.remove(stream);
    }
  }
}
