package io.engram.benchmarks.crash;

import io.engram.benchmarks.Directories;
import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.LearnerSettings;
import io.engram.cli.state.StateDirectory;
import io.engram.learner.LearnerConfig;
import io.engram.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Broker and learners of one bench: their directories, ports and configuration. */
final class Plant implements AutoCloseable {

  static final String TASKS = "engram_learner_tasks_total";
  static final String META_UPDATES = "engram_learner_meta_updates_total";

  private static final List<String> BROKER_JVM =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx384m");
  private static final List<String> LEARNER_JVM = List.of("-XX:+UseSerialGC", "-Xmx768m");
  private static final List<String> SINES =
      List.of(
          "learner.network=input(1) dense(40) relu dense(40) relu dense(1) mse",
          "learner.zero-head=false",
          "learner.inner-steps=3",
          "learner.inner-step-size=0.01",
          "learner.outer-steps=2",
          "learner.train-queries=0",
          "learner.replication=1");

  private final Path directory;
  private final int brokerPort = freePort();
  private final int learnerPort = freePort();
  private final Gauges gauges = new Gauges(learnerPort);

  Plant(Path directory) {
    this.directory = directory;
  }

  String bootstrap() {
    return "127.0.0.1:" + brokerPort;
  }

  /** What the learner whose metrics these are says of itself; one learner runs at a time. */
  Gauges gauges() {
    return gauges;
  }

  Child startBroker() {
    List<String> command =
        List.of(
            "broker",
            "--state",
            directory.resolve("broker").toString(),
            "--set",
            "broker.port=" + brokerPort,
            "--set",
            "ops.broker-port=off");
    return Child.start(BROKER_JVM, command, directory.resolve("broker.out"));
  }

  /**
   * Starts the learner of a line: its store and its topics bear the line's name.
   *
   * @param settings assignments over those of the sine waves
   */
  Child startLearner(String line, List<String> settings) {
    List<String> command = new ArrayList<>(List.of("learner", "--bootstrap", bootstrap()));
    command.addAll(List.of("--state", state(line).toString()));
    for (String assignment : assignments(line, settings)) {
      command.addAll(List.of("--set", assignment));
    }
    return Child.start(LEARNER_JVM, command, directory.resolve(line + ".out"));
  }

  Topics topics(String line) {
    return new Topics(line + ".");
  }

  /** The configuration of a line's learner, as the process has it. */
  LearnerConfig config(String line, List<String> settings) {
    Layers layers = Layers.none();
    for (String assignment : assignments(line, settings)) {
      layers = layers.withAssignment(assignment);
    }
    return LearnerSettings.read(Settings.load(layers), StateDirectory.open(state(line)));
  }

  private Path state(String line) {
    return directory.resolve(line);
  }

  private List<String> assignments(String line, List<String> settings) {
    List<String> all = new ArrayList<>(SINES);
    all.add("topic-prefix=" + topics(line).prefix());
    all.add("ops.learner-port=" + learnerPort);
    all.addAll(settings);
    return all;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no port is free on loopback", e);
    }
  }

  @Override
  public void close() {
    Directories.delete(directory);
  }
}
