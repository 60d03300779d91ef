package io.engram.benchmarks.faults;

import io.engram.benchmarks.Ports;
import io.engram.benchmarks.crash.Child;
import io.engram.benchmarks.crash.Gauges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A role that is started again when it has ended, as a supervisor would. Its state outlives its processes. */
final class RoleProcess implements AutoCloseable {

  private final Role role;
  private final List<String> jvm;
  private final List<String> command;
  private final Path output;
  private final int opsPort = Ports.free();
  private final Gauges gauges = new Gauges(opsPort);
  private Child child;
  private boolean frozen;

  RoleProcess(Role role, List<String> jvm, Path output, List<String> arguments) {
    this.role = role;
    this.jvm = jvm;
    this.output = output;
    this.command = new ArrayList<>(List.of(role.word()));
    command.addAll(arguments);
    command.addAll(List.of("--set", "ops.%s-port=%d".formatted(role.word(), opsPort)));
    this.child = Child.start(jvm, command, output);
  }

  Role role() {
    return role;
  }

  int opsPort() {
    return opsPort;
  }

  Gauges gauges() {
    return gauges;
  }

  boolean alive() {
    return child.alive();
  }

  boolean frozen() {
    return frozen;
  }

  void kill() {
    child.kill();
  }

  void stop() {
    child.stop();
  }

  void start() {
    child = Child.start(jvm, command, output);
  }

  /** SIGSTOP. */
  void freeze() {
    frozen = true;
    signal("-STOP");
  }

  /** SIGCONT. */
  void thaw() {
    signal("-CONT");
    frozen = false;
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", name, Long.toString(child.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("there is no kill", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The last line of what it has printed. */
  String lastWords() {
    try {
      List<String> lines = Files.readAllLines(output);
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    if (frozen) {
      thaw();
    }
    child.close();
  }
}
