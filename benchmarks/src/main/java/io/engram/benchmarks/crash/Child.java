package io.engram.benchmarks.crash;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code engram} command in a process of its own, its output appended to a file. */
public final class Child implements AutoCloseable {

  private static final int ORDERLY_SECONDS = 60;

  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param jvm options of its JVM
   * @param engram arguments of the command
   */
  public static Child start(List<String> jvm, List<String> engram, Path output) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(classArchive());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("io.engram.cli.Main");
    command.addAll(engram);
    File file = output.toFile();
    try {
      return new Child(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(file))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException("the command " + engram + " cannot be started", e);
    }
  }

  /** The archive of classes that the launcher has given this process: its children start as fast as the command would. */
  private static List<String> classArchive() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(it -> it.startsWith("-XX:SharedArchiveFile=") || it.startsWith("-Xlog:cds"))
        .toList();
  }

  /** Of the process. */
  public long pid() {
    return process.pid();
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** Processor time it has used, all its threads together. */
  double cpuSeconds() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  /** kill -9. Returns when it is dead. */
  public void kill() {
    process.destroyForcibly();
    await();
  }

  /** SIGTERM, and kill -9 if that does not end it. */
  public void stop() {
    process.destroy();
    if (!await()) {
      kill();
    }
  }

  private boolean await() {
    try {
      return process.waitFor(ORDERLY_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    if (alive()) {
      kill();
    }
  }
}
