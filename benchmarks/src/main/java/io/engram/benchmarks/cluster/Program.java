package io.engram.benchmarks.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of this class path in a process of its own, started again at will; its output is appended to a file. */
final class Program implements AutoCloseable {

  private static final int ORDERLY_SECONDS = 75;

  private final String name;
  private final List<String> command;
  private final Path output;
  private Process process;

  /**
   * Starts it.
   *
   * @param jvm options of its JVM, such as {@code -Xmx256m}
   * @param main its class
   */
  Program(String name, List<String> jvm, String main, List<String> arguments, Path output) {
    this.name = name;
    this.output = output;
    this.command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(arguments);
    this.process = started();
  }

  private Process started() {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be started", e);
    }
  }

  String name() {
    return name;
  }

  void start() {
    process = started();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** kill -9. Returns when it is dead. */
  void kill() {
    process.destroyForcibly();
    ended(ORDERLY_SECONDS);
  }

  /** SIGTERM, and kill -9 where that does not end it. */
  void stop() {
    process.destroy();
    if (!ended(ORDERLY_SECONDS)) {
      kill();
    }
  }

  /** Waits for its end. */
  boolean ended(int seconds) {
    try {
      return process.waitFor(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Waits for its end, which must be a good one. */
  void succeed() {
    if (!ended(ORDERLY_SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("%s failed: %s".formatted(name, lastWords()));
    }
  }

  /** The last line of what it has printed. */
  String lastWords() {
    List<String> lines = lines();
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }

  /** All that it has printed. */
  List<String> lines() {
    try {
      return Files.readAllLines(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
