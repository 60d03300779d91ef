package io.engram.benchmarks.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Another process of this bench, on the same runtime with the same options and class path. */
final class ChildProcess {

  private final Process process;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /** The command line of this bench with these arguments. */
  static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(it -> !it.startsWith("-agentlib") && !it.startsWith("-javaagent"))
        .forEach(command::add);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(DeviceMain.class.getName());
    command.addAll(arguments);
    return command;
  }

  /** Starts a training that prints its fingerprint at its end. */
  static ChildProcess train(
      StepContext context, Training training, @Nullable Path checkpoint, int every) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--engine",
                context.engine(),
                "--case",
                training.workload().name(),
                "--rule",
                training.rule().name(),
                "--tasks",
                Integer.toString(training.tasks()),
                "--steps",
                Long.toString(training.steps())));
    if (checkpoint != null) {
      arguments.addAll(
          List.of("--checkpoint", checkpoint.toString(), "--every", Integer.toString(every)));
    }
    try {
      return new ChildProcess(
          new ProcessBuilder(command(arguments))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException("no second process can be started", e);
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  /** kill -9, and waits until it is dead. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /**
   * What it printed last, once it has ended.
   *
   * @throws IllegalStateException if it fails, or does not end in that time
   */
  String fingerprint(long seconds) {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        kill();
        throw new IllegalStateException("a training did not end within " + seconds + " s");
      }
      try (InputStream output = process.getInputStream()) {
        String text = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.exitValue() != 0) {
          throw new IllegalStateException(
              "a training ended with code " + process.exitValue() + ": " + text);
        }
        return text.substring(text.lastIndexOf('\n') + 1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a training's output cannot be read", e);
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a training", e);
    }
  }
}
