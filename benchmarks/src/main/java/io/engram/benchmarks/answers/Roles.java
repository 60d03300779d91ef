package io.engram.benchmarks.answers;

import io.engram.benchmarks.OwnBroker;
import io.engram.benchmarks.crash.Child;
import io.engram.schemas.Topics;
import java.util.ArrayList;
import java.util.List;

/** A broker here, and every other role in a process of its own. */
final class Roles extends OwnBroker {

  private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xmx768m");

  private final List<Child> running = new ArrayList<>();
  private final List<String> settings;

  /**
   * @param settings assignments for every role
   */
  Roles(List<String> settings) {
    this.settings = List.copyOf(settings);
  }

  Topics topics() {
    return new Topics("");
  }

  /** Starts a role over a state directory of its own. */
  Child start(String role, String state) {
    List<String> command =
        new ArrayList<>(
            List.of(
                role,
                "--bootstrap",
                String.valueOf(kafka().get("bootstrap.servers")),
                "--state",
                directory(state).toString()));
    List<String> all = new ArrayList<>(settings);
    all.add("ops." + role + "-port=off");
    for (String assignment : all) {
      command.addAll(List.of("--set", assignment));
    }
    Child child = Child.start(JVM, command, directory(state + ".out"));
    running.add(child);
    return child;
  }

  /** Ends all that were started. */
  void stop() {
    running.forEach(Child::close);
  }
}
