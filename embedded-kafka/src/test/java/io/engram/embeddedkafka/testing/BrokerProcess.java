package io.engram.embeddedkafka.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A broker in a process of its own: what a test needs that kills it. */
public final class BrokerProcess implements AutoCloseable {

  private final Process process;
  private final String bootstrapServers;

  private BrokerProcess(Process process, String bootstrapServers) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts a broker on {@code directory} and returns when it serves clients.
   *
   * @param port for clients; 0 picks a free one. Clients that must survive a restart need the same
   *     port again.
   * @throws IllegalStateException where it does not start, with the reason it printed
   */
  public static BrokerProcess start(Path directory, int port) {
    return start(directory, port, Duration.ofMinutes(1));
  }

  /** Starts a broker that gets {@code timeout} to be ready. */
  public static BrokerProcess start(Path directory, int port, Duration timeout) {
    return start(directory, port, timeout, Map.of());
  }

  /** Starts a broker with some properties of its own. */
  public static BrokerProcess start(
      Path directory, int port, Duration timeout, Map<String, String> properties) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerLauncher.class.getName(),
                directory.toString(),
                Integer.toString(port),
                Long.toString(timeout.toMillis())));
    properties.forEach((key, value) -> command.add(key + "=" + value));
    try {
      Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
      return new BrokerProcess(process, awaitReady(process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the broker listens, {@code host:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** The port that clients connect to. */
  public int port() {
    return Integer.parseInt(bootstrapServers.substring(bootstrapServers.indexOf(':') + 1));
  }

  /** Kills the process as {@code kill -9} does, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** Stops the broker in an orderly way, where it still runs. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitExit();
  }

  private static String awaitReady(Process process) throws IOException {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(BrokerLauncher.READY)) {
        return line.substring(BrokerLauncher.READY.length());
      }
      if (line.startsWith(BrokerLauncher.FAILED)) {
        throw new IllegalStateException(line.substring(BrokerLauncher.FAILED.length()));
      }
    }
    throw new IllegalStateException(
        "the broker process ended without a word, with exit status " + exitStatus(process));
  }

  private static String exitStatus(Process process) {
    try {
      return process.waitFor(10, TimeUnit.SECONDS) ? "" + process.exitValue() : "not known yet";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "not known";
    }
  }

  private void awaitExit() {
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "broker process " + process.pid() + " did not stop in 30 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
