package io.engram.benchmarks.faults;

import io.engram.benchmarks.Directories;
import io.engram.benchmarks.Ports;
import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.LearnerSettings;
import io.engram.cli.state.StateDirectory;
import io.engram.learner.LearnerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A broker and the three roles of Engram, each a process with a directory of its own. */
final class Works implements AutoCloseable {

  private static final List<String> JVM =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx384m");

  private static final List<String> SETTINGS =
      List.of(
          "learner.network=input(1) dense(40) relu dense(40) relu dense(1) mse",
          "learner.algorithm=fomaml",
          "learner.zero-head=false",
          "learner.inner-step-size=0.01",
          "learner.outer-steps=1",
          "learner.group-size=4",
          "learner.held-out.share=0",
          "learner.memory-capacity=1000000",
          "ingest.grouping.size=20",
          "ingest.grouping.idle=10m",
          "ingest.split.support=10",
          "registry.promotion=always",
          "registry.http.port=off");

  private final Path directory = Directories.temporary();
  private final int brokerPort = Ports.free();
  private final Map<Role, RoleProcess> processes = new EnumMap<>(Role.class);
  private final List<Volume> volumes = new ArrayList<>();

  /**
   * Starts all.
   *
   * @param small whether each role of Engram gets a disk of its own that can be filled
   */
  Works(boolean small) {
    for (Role role : Role.values()) {
      if (small && role != Role.BROKER) {
        volumes.add(Volume.mount(state(role), role));
      }
      processes.put(role, start(role));
    }
  }

  private RoleProcess start(Role role) {
    List<String> arguments = new ArrayList<>(List.of("--state", state(role).toString()));
    if (role == Role.BROKER) {
      arguments.addAll(List.of("--set", "broker.port=" + brokerPort));
    } else {
      arguments.addAll(List.of("--bootstrap", bootstrap()));
      SETTINGS.forEach(it -> arguments.addAll(List.of("--set", it)));
    }
    return new RoleProcess(role, JVM, directory.resolve(role.word() + ".out"), arguments);
  }

  private Path state(Role role) {
    return directory.resolve(role.word());
  }

  RoleProcess of(Role role) {
    RoleProcess found = processes.get(role);
    if (found == null) {
      throw new IllegalStateException(role + " was not started");
    }
    return found;
  }

  List<RoleProcess> all() {
    return List.copyOf(processes.values());
  }

  List<Volume> volumes() {
    return List.copyOf(volumes);
  }

  String bootstrap() {
    return "127.0.0.1:" + brokerPort;
  }

  Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", bootstrap());
  }

  /** The learner's configuration, to look at what it has left behind. */
  LearnerConfig learner() {
    Layers layers = Layers.none();
    for (String assignment : SETTINGS) {
      layers = layers.withAssignment(assignment);
    }
    return LearnerSettings.read(Settings.load(layers), StateDirectory.open(state(Role.LEARNER)));
  }

  @Override
  public void close() {
    List<RoleProcess> last = new ArrayList<>(processes.values());
    Collections.reverse(last);
    last.forEach(RoleProcess::close);
    volumes.forEach(Volume::close);
    Directories.delete(directory);
  }
}
