package io.engram.benchmarks.registry;

import io.engram.benchmarks.Rounds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Asks a port for its health, each time on a connection of its own, and measures from the connect to the status. */
final class HealthProbe implements Runnable {

  private static final long MILLIS_BETWEEN = 25;
  private static final byte[] REQUEST =
      "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final int port;
  private final BooleanSupplier on;
  private final Rounds times = new Rounds();
  private int failures;

  HealthProbe(int port, BooleanSupplier on) {
    this.port = port;
    this.on = on;
  }

  @Override
  public void run() {
    while (on.getAsBoolean()) {
      long start = System.nanoTime();
      try (HostileConnection connection = HostileConnection.open(port)) {
        connection.send(REQUEST);
        boolean well = connection.status().equals("200");
        times.addNanos(System.nanoTime() - start);
        failures += well ? 0 : 1;
        TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN);
      } catch (IOException e) {
        failures++;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** In milliseconds; once it has ended. */
  Rounds times() {
    return times;
  }

  /** Answers that were none, or not 200. */
  int failures() {
    return failures;
  }
}
