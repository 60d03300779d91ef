package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code engram run}, interrupted and killed in the middle of its stream: it goes on where it was, and every example counts once. */
@Timeout(480)
final class RunKilledTest {

  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final int WAVES = 600;
  private static final int EXAMPLES_OF_A_WAVE = 20;

  /** The sine waves' preset: so many waves in a group, so many outer steps for it. */
  private static final int GROUP_SIZE = 4;

  private static final int OUTER_STEPS = 8;

  /** Enough for a model version before each end. */
  private static final int WAVES_BEFORE_AN_END = 80;

  private final Path directory;

  RunKilledTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void everyExampleCountsOnceAndTheVersionGoesOn() {
    JsonNode interrupted;
    try (ChildProcess first = start()) {
      awaitTasks(first, WAVES_BEFORE_AN_END);
      first.interrupt();
      assertThat(first.awaitExit(PATIENCE)).isEqualTo(130);
      interrupted = only(first, "interrupted");
    }
    long tasksBefore = interrupted.path("tasks").asLong();
    long versionBefore = interrupted.path("modelVersion").asLong();
    assertThat(tasksBefore).isBetween((long) WAVES_BEFORE_AN_END, (long) WAVES - 1);
    assertThat(versionBefore).isPositive();

    List<Long> versions = new ArrayList<>(List.of(versionBefore));
    try (ChildProcess second = start()) {
      awaitTasks(second, tasksBefore + WAVES_BEFORE_AN_END);
      second.kill();
      assertThat(second.awaitExit(PATIENCE)).isEqualTo(137);
      assertThat(only(second, "started").path("resumedAt"))
          .isEqualTo(interrupted.path("examplesSent"));
      assertThat(tasks(second)).isLessThan(WAVES);
      versions.addAll(versions(second));
    }

    try (ChildProcess third = start()) {
      assertThat(third.awaitExit(PATIENCE)).as(third.err()).isZero();
      assertThat(only(third, "started").path("resumedAt").asLong())
          .isGreaterThan(interrupted.path("examplesSent").asLong())
          .isLessThan((long) WAVES * EXAMPLES_OF_A_WAVE);
      assertSummary(only(third, "summary"));
      versions.addAll(versions(third));
    }
    assertThat(versions).isSorted();
    assertThat(versions.get(versions.size() - 1)).isGreaterThan(versionBefore);
    TasksLog.in(directory.resolve("state")).assertEachWaveOnce(WAVES);
  }

  private static void assertSummary(JsonNode summary) {
    long examples = (long) WAVES * EXAMPLES_OF_A_WAVE;
    assertThat(summary.path("examplesSent").asLong()).isEqualTo(examples);
    assertThat(summary.path("examplesInTasks").asLong()).isEqualTo(examples);
    assertThat(summary.path("examplesRejected").asLong(-1)).isZero();
    assertThat(summary.path("examplesOpen").asLong(-1)).isZero();
    assertThat(summary.path("tasks").asLong()).isEqualTo(WAVES);
    assertThat(summary.path("metaUpdates").asLong()).isEqualTo(WAVES / GROUP_SIZE * OUTER_STEPS);
    assertThat(summary.path("metric").asText()).isEqualTo("mse");
    assertThat(summary.path("seconds").asDouble()).isPositive();
    assertThat(summary.path("first200").path("model").asDouble()).isPositive();
    assertThat(summary.path("last200").path("model").asDouble())
        .isPositive()
        .isLessThan(0.8 * summary.path("last200").path("untrained").asDouble());
  }

  private ChildProcess start() {
    List<String> command =
        ChildProcess.engram(
            "512m",
            List.of(
                "run",
                "--json",
                "--state",
                directory.resolve("state").toString(),
                "--tasks",
                Integer.toString(WAVES),
                "--set",
                "broker.port=0",
                "--set",
                "ops.run-port=0",
                "--set",
                "registry.http.port=0",
                // So that it is in the middle of sending too.
                "--set",
                "source.max-ahead=2000",
                "--set",
                "source.batch=100"));
    return ChildProcess.start("run", ChildProcess.interruptible(command), Map.of(), directory);
  }

  private static void awaitTasks(ChildProcess run, long tasks) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(tasks(run)).as(run.err()).isGreaterThanOrEqualTo(tasks));
  }

  private static long tasks(ChildProcess run) {
    return events(run, "progress").mapToLong(it -> it.path("tasks").asLong()).max().orElse(0);
  }

  private static List<Long> versions(ChildProcess run) {
    return events(run, "model").map(it -> it.path("modelVersion").asLong()).toList();
  }

  private static JsonNode only(ChildProcess run, String event) {
    List<JsonNode> found = events(run, event).toList();
    assertThat(found).as("%s in %s %s", event, run.out(), run.err()).hasSize(1);
    return found.get(0);
  }

  private static Stream<JsonNode> events(ChildProcess run, String event) {
    String out = run.out();
    // A line may be half written.
    String whole = out.substring(0, out.lastIndexOf('\n') + 1);
    return whole.lines().map(Tree::parse).filter(it -> it.path("event").asText().equals(event));
  }
}
