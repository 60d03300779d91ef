package io.engram.benchmarks.pipeline;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Reads the metrics of roles, as Prometheus does but five times as often as ours. */
final class Scraper implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient client = HttpClient.newHttpClient();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong scrapes = new AtomicLong();

  /** Begins. */
  Scraper(List<Integer> ports) {
    for (int port : ports) {
      var unused = clock.scheduleAtFixedRate(() -> scrape(port), 0, 1, TimeUnit.SECONDS);
    }
  }

  /** How often somebody answered. */
  long scrapes() {
    return scrapes.get();
  }

  private void scrape(int port) {
    URI metrics = URI.create("http://127.0.0.1:%d/metrics".formatted(port));
    try {
      client.send(
          HttpRequest.newBuilder(metrics).timeout(TIMEOUT).build(), BodyHandlers.discarding());
      scrapes.incrementAndGet();
    } catch (IOException e) {
      // A role that is just starting; who never answers is seen by the number of scrapes.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
