package io.engram.benchmarks.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Reads a role's {@code /metrics} from outside. */
public final class Gauges {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final HttpRequest request;

  /** Of the role that serves its metrics at this port of loopback. */
  public Gauges(int port) {
    this.request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .timeout(PATIENCE)
            .build();
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
