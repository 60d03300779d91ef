package io.engram.benchmarks.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Reads a role's {@code /metrics} and {@code /health} from outside. */
public final class Gauges {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final HttpRequest request;
  private final HttpRequest health;

  /** Of the role that serves its metrics at this port of loopback. */
  public Gauges(int port) {
    this.request = get(port, "/metrics");
    this.health = get(port, "/health");
  }

  private static HttpRequest get(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(PATIENCE)
        .build();
  }

  /** Whether it says that it is well; not while it does not answer. */
  public boolean up() {
    try {
      return http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The sum of all lines that begin so; 0 while the role does not answer. */
  public double sum(String beginning) {
    return lines()
        .filter(line -> line.startsWith(beginning))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** The sum of all lines that begin so and hold this; 0 while the role does not answer. */
  public double sum(String beginning, String part) {
    return lines()
        .filter(line -> line.startsWith(beginning) && line.contains(part))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** A metric without labels; nothing while the role does not answer or does not have it yet. */
  public OptionalDouble read(String metric) {
    return lines()
        .filter(line -> line.startsWith(metric + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
        .findFirst();
  }

  private Stream<String> lines() {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body().lines();
    } catch (IOException e) {
      return Stream.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Stream.empty();
    }
  }
}
