package io.engram.benchmarks.crash;

import io.engram.benchmarks.Directories;
import io.engram.benchmarks.Ports;
import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.LearnerSettings;
import io.engram.cli.state.StateDirectory;
import io.engram.learner.LearnerConfig;
import io.engram.schemas.Topics;
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

  /** All of the heap is resident from the start, so that what grows is something else. */
  private static final List<String> STEADY_JVM =
      List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch");

  private final Path directory;
  private final CrashWorkload workload;
  private final int brokerPort = Ports.free();
  private final int learnerPort = Ports.free();
  private final Gauges gauges = new Gauges(learnerPort);

  Plant(Path directory, CrashWorkload workload) {
    this.directory = directory;
    this.workload = workload;
  }

  String bootstrap() {
    return "127.0.0.1:" + brokerPort;
  }

  /** Writes the workload's tasks to a topic. */
  TaskFeed feed(String topic) {
    return new TaskFeed(bootstrap(), topic, workload.records());
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
   * @param settings assignments over those of the workload
   */
  Child startLearner(String line, List<String> settings) {
    return startLearner(LEARNER_JVM, line, settings);
  }

  /** The same with a heap that does not grow. */
  Child startSteadyLearner(String line, List<String> settings) {
    return startLearner(STEADY_JVM, line, settings);
  }

  private Child startLearner(List<String> jvm, String line, List<String> settings) {
    List<String> command = new ArrayList<>(List.of("learner", "--bootstrap", bootstrap()));
    command.addAll(List.of("--state", state(line).toString()));
    for (String assignment : assignments(line, settings)) {
      command.addAll(List.of("--set", assignment));
    }
    return Child.start(jvm, command, directory.resolve(line + ".out"));
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
    List<String> all = new ArrayList<>(workload.learner());
    all.add("topic-prefix=" + topics(line).prefix());
    all.add("ops.learner-port=" + learnerPort);
    all.addAll(settings);
    return all;
  }

  @Override
  public void close() {
    Directories.delete(directory);
  }
}
