package io.engram.benchmarks.forget;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.cli.forget.FileSearch;
import io.engram.cli.forget.Needle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs with the key, forgets it, learns again; runs without the key; compares. All through the commands that users have. */
final class ForgetCases {

  private final Path directory;
  private final int tasks;
  private final String algorithm;
  private final Consumer<String> say;

  ForgetCases(Path directory, int tasks, String algorithm, Consumer<String> say) {
    this.directory = directory;
    this.tasks = tasks;
    this.algorithm = algorithm;
    this.say = say;
  }

  List<Case> run() throws IOException {
    KeyedTable table = KeyedTable.write(directory, tasks);
    Path forgets = directory.resolve("forgets");
    Path never = directory.resolve("never");

    say.accept("a run with the key …");
    Learned before = learn(forgets, table.with());
    int placesBefore = places(forgets);
    say.accept("forgetting …");
    long started = System.nanoTime();
    JsonNode found =
        Commands.lines("forget", "--state", forgets.toString(), "--key", KeyedTable.KEY, "--json")
            .get(0);
    double forgetting = (System.nanoTime() - started) / 1e9;
    say.accept("learning again …");
    Learned after = learn(forgets, table.with());
    int placesAfter = places(forgets);
    JsonNode verified =
        Commands.lines(
                "forget",
                "--state",
                forgets.toString(),
                "--key",
                KeyedTable.KEY,
                "--json",
                "--verify")
            .get(0);
    say.accept("a run that never had it …");
    Learned other = learn(never, table.without());
    Set<String> published = parameters(forgets);
    boolean equal =
        !published.isEmpty()
            && parameters(never).containsAll(published)
            && after.summary.get("last200").equals(other.summary.get("last200"));
    boolean clean = placesAfter == 0 && verified.get("clean").asBoolean();

    String name = "%,d tasks, %s".formatted(before.tasks(), algorithm);
    List<Case> cases = new ArrayList<>();
    cases.add(Case.of(name, "learned as they came", before.tasksPerSecond(), "tasks/s"));
    cases.add(Case.of(name, "records read to look", records(found), "records"));
    cases.add(Case.of(name, "of the key", found.get("records").asDouble(), "records"));
    cases.add(Case.of(name, "topics written anew, broker started", forgetting, "s"));
    cases.add(Case.of(name, "left to learn again", (double) after.tasks(), "tasks"));
    cases.add(Case.of(name, "learned again", after.tasksPerSecond(), "tasks/s"));
    cases.add(Case.of(name, "until the last was learned again", after.seconds(), "s"));
    cases.add(
        Case.of(name, "published as without the key", equal ? 1 : 0, "to the bit")
            .goal("= 1", equal));
    cases.add(
        Case.of(name, "files that held the key before", placesBefore, "files")
            .goal("> 0", placesBefore > 0));
    cases.add(
        Case.of(
                name,
                "files and topics that hold it",
                clean ? 0 : Math.max(1, placesAfter),
                "places")
            .goal("= 0", clean));
    return cases;
  }

  private static double records(JsonNode found) {
    double sum = 0;
    for (JsonNode topic : found.get("topics")) {
      sum += topic.get("records").asDouble();
    }
    return sum;
  }

  /** How a run went: its last line, and when the last task was learned from. */
  private record Learned(JsonNode summary, double seconds) {

    long tasks() {
      return summary.get("tasks").asLong();
    }

    double tasksPerSecond() {
      return tasks() / seconds;
    }
  }

  private Learned learn(Path state, Path table) {
    List<JsonNode> lines =
        Commands.lines(
            "run",
            "--state",
            state.toString(),
            "--source",
            "csv",
            "--file",
            table.toString(),
            "--key",
            "key",
            "--label",
            "y",
            "--algorithm",
            algorithm,
            "--json",
            "--set",
            "learner.draw-by=arrival",
            "--set",
            "learner.held-out.share=0.02",
            "--set",
            "learner.memory-capacity=500",
            "--set",
            "learner.publish-every=10",
            "--set",
            "broker.port=0",
            "--set",
            "registry.http.port=0",
            "--set",
            "ops.run-port=off");
    JsonNode last = lines.get(lines.size() - 1);
    double seconds = last.get("seconds").asDouble();
    for (JsonNode line : lines) {
      if (line.get("event").asText().equals("progress")
          && line.get("tasks").asLong() == last.get("tasks").asLong()) {
        seconds = Math.min(seconds, line.get("seconds").asDouble());
      }
    }
    return new Learned(last, seconds);
  }

  private static int places(Path state) {
    return FileSearch.files(state, Needle.of(KeyedTable.KEY)).size()
        + FileSearch.files(state, new Needle(KeyedTable.features())).size();
  }

  /** The sums of all parameters that are kept; files are named by them. */
  private static Set<String> parameters(Path state) throws IOException {
    try (Stream<Path> files = Files.walk(state.resolve("registry"))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("[0-9a-f]{64}"))
          .collect(Collectors.toSet());
    }
  }
}
