package io.engram.benchmarks.hostile;

import io.engram.benchmarks.Directories;
import io.engram.benchmarks.Ports;
import io.engram.benchmarks.crash.Child;
import io.engram.benchmarks.crash.Gauges;
import io.engram.benchmarks.crash.Waiting;
import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.LearnerSettings;
import io.engram.cli.state.StateDirectory;
import io.engram.learner.LearnerConfig;
import io.engram.schemas.signing.KeyDirectory;
import io.engram.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code engram run} in a process of its own: broker, every role and a subscriber. */
final class Besieged implements AutoCloseable {

  /** All of the heap is resident from the start: what grows is something else. */
  private static final List<String> JVM =
      List.of("-XX:+UseSerialGC", "-Xms640m", "-Xmx640m", "-XX:+AlwaysPreTouch");

  static final int LARGEST_TASK = 400_000;

  private static final List<String> ASSIGNMENTS =
      List.of(
          "learner.network=input(1) dense(40) relu dense(40) relu dense(1) mse",
          "learner.algorithm=fomaml",
          "learner.outer-steps=1",
          "learner.group-size=8",
          "learner.held-out.share=0",
          "learner.memory-capacity=1000000",
          "learner.limits.task-bytes=" + LARGEST_TASK,
          "ingest.grouping.idle=5s",
          "registry.http.port=off");

  private final Path directory = Directories.temporary();
  private final int brokerPort = Ports.free();
  private final int opsPort = Ports.free();
  private final Gauges gauges = new Gauges(opsPort);
  private Child child;

  /**
   * Starts it.
   *
   * @param sourceTasks tasks of its own source
   */
  Besieged(int sourceTasks) {
    this.child = start(sourceTasks);
  }

  private Child start(int sourceTasks) {
    List<String> command = new ArrayList<>(List.of("run", "--json", "--stay"));
    command.addAll(List.of("--source", "sinusoid", "--tasks", Integer.toString(sourceTasks)));
    command.addAll(List.of("--state", state().toString()));
    List<String> all = new ArrayList<>(ASSIGNMENTS);
    all.add("broker.port=" + brokerPort);
    all.add("ops.run-port=" + opsPort);
    all.forEach(it -> command.addAll(List.of("--set", it)));
    return Child.start(JVM, command, directory.resolve("run.out"));
  }

  /** Stops it as a user would, and starts it again. */
  void restart(int sourceTasks) {
    child.stop();
    child = start(sourceTasks);
  }

  void stop() {
    child.stop();
  }

  boolean alive() {
    return child.alive();
  }

  long pid() {
    return child.pid();
  }

  Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", bootstrap());
  }

  String bootstrap() {
    return "127.0.0.1:" + brokerPort;
  }

  int opsPort() {
    return opsPort;
  }

  double metric(String beginning) {
    return gauges.sum(beginning);
  }

  double metric(String beginning, String part) {
    return gauges.sum(beginning, part);
  }

  /** Waits until what it says of itself is so, or it has ended. */
  void await(String what, java.util.function.BooleanSupplier condition) {
    Waiting.until(() -> !child.alive() || condition.getAsBoolean());
    if (!child.alive()) {
      throw new IllegalStateException(
          "engram run ended while the bench waited for " + what + ": " + lastWords());
    }
  }

  /** The registry's public keys. */
  TrustedKeys trusted() {
    return new KeyDirectory(state().resolve("keys").resolve("registry")).trusted();
  }

  /** Its learner's configuration, to look at what it has left behind. */
  LearnerConfig learner() {
    Layers layers = Layers.none().withPreset("sinusoid");
    for (String assignment : ASSIGNMENTS) {
      layers = layers.withAssignment(assignment);
    }
    return LearnerSettings.read(Settings.load(layers), StateDirectory.open(state()));
  }

  /** Lines of its log that say WARN or ERROR. */
  List<String> complaints() {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(state())) {
      for (Path file : files.filter(it -> it.getFileName().toString().contains("log")).toList()) {
        if (Files.isRegularFile(file)) {
          Files.readAllLines(file).stream()
              .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
              .forEach(lines::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the log cannot be read", e);
    }
    return lines;
  }

  String lastWords() {
    try {
      List<String> lines = Files.readAllLines(directory.resolve("run.out"));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    } catch (IOException e) {
      return "nothing";
    }
  }

  private Path state() {
    return directory.resolve("state");
  }

  @Override
  public void close() {
    child.close();
    Directories.delete(directory);
  }
}
