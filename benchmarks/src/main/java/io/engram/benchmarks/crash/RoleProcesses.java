package io.engram.benchmarks.crash;

import io.engram.benchmarks.OwnBroker;
import io.engram.schemas.Topics;
import java.util.ArrayList;
import java.util.List;

/** A broker here, and every other role in a process of its own. */
public final class RoleProcesses extends OwnBroker {

  private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xmx768m");

  private final List<Child> running = new ArrayList<>();
  private final List<String> settings;

  /**
   * Starts the broker.
   *
   * @param settings assignments for every role
   */
  public RoleProcesses(List<String> settings) {
    this.settings = List.copyOf(settings);
  }

  public Topics topics() {
    return new Topics("");
  }

  /** Starts a role over a state directory of its own, without a port for metrics. */
  public Child start(String role, String state) {
    return start(role, state, "off");
  }

  /**
   * Starts a role over a state directory of its own.
   *
   * @param port for metrics, or {@code off}
   */
  public Child start(String role, String state, String port) {
    List<String> command =
        new ArrayList<>(
            List.of(
                role,
                "--bootstrap",
                String.valueOf(kafka().get("bootstrap.servers")),
                "--state",
                directory(state).toString()));
    List<String> all = new ArrayList<>(settings);
    all.add("ops.%s-port=%s".formatted(role, port));
    for (String assignment : all) {
      command.addAll(List.of("--set", assignment));
    }
    Child child = Child.start(JVM, command, directory(state + ".out"));
    running.add(child);
    return child;
  }

  /** Ends all that were started. */
  public void stop() {
    running.forEach(Child::close);
  }
}
