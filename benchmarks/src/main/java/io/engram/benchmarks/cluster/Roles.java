package io.engram.benchmarks.cluster;

import io.engram.benchmarks.Ports;
import io.engram.benchmarks.crash.Gauges;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every role of Engram as a process, as the user of its own name. */
final class Roles implements AutoCloseable {

  static final List<String> NAMES = List.of("ingest", "learner", "registry", "predict");
  static final int GROUP = 4;
  static final int PARTITIONS = 3;

  static final String SETTINGS =
      """
        ingest {
          grouping { size = 20, idle = 10m }
          split.support = 10
          topics { partitions = %d, replication = 3 }
        }
        learner {
          network = "input(1) dense(40) relu dense(40) relu dense(1) mse"
          algorithm = fomaml
          zero-head = false
          inner-step-size = 0.01
          outer-steps = 1
          group-size = %d
          publish-every = 1
          held-out.share = 0
          replication = 3
        }
        registry { promotion = always, http.port = off, replication = 3 }
      """
          .formatted(PARTITIONS, GROUP);

  private static final String MAIN = "io.engram.cli.Main";

  private final Map<String, Program> programs = new LinkedHashMap<>();
  private final Map<String, Gauges> gauges = new LinkedHashMap<>();

  /** Starts all. */
  Roles(SecuredCluster cluster, Path directory) {
    for (String role : NAMES) {
      int port = Ports.free();
      gauges.put(role, new Gauges(port));
      programs.put(
          role,
          new Program(
              role,
              List.of("-Xmx256m"),
              MAIN,
              List.of(
                  role,
                  "--config",
                  cluster.config(role, SETTINGS).toString(),
                  "--state",
                  directory.resolve(role).toString(),
                  "--set",
                  "ops.%s-port=%d".formatted(role, port)),
              directory.resolve(role + ".out")));
    }
  }

  /** Has the command make the topics, as somebody who may. */
  static void makeTopics(SecuredCluster cluster, Path directory) {
    Path config = cluster.config(SecuredCluster.ADMIN, SETTINGS);
    new Program(
            "engram topics create",
            List.of("-Xmx128m"),
            MAIN,
            List.of("topics", "create", "--config", config.toString()),
            directory.resolve("topics.out"))
        .succeed();
  }

  Program of(String role) {
    Program found = programs.get(role);
    if (found == null) {
      throw new IllegalArgumentException(role);
    }
    return found;
  }

  /** Starts again whoever has ended, as a supervisor does; says who. */
  List<String> revive() {
    List<Program> ended = programs.values().stream().filter(it -> !it.alive()).toList();
    List<String> said = ended.stream().map(it -> it.name() + ": " + it.lastWords()).toList();
    ended.forEach(Program::start);
    return said;
  }

  /** Whether a role says that it is well. */
  boolean saysUp(String role) {
    Gauges found = gauges.get(role);
    return found != null && found.up();
  }

  /** The sum of all lines of a role's metrics that begin so. */
  double sum(String role, String beginning) {
    Gauges found = gauges.get(role);
    return found == null ? 0 : found.sum(beginning);
  }

  @Override
  public void close() {
    programs.values().forEach(Program::close);
  }
}
