package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.cli.Shell.Outcome;
import io.engram.core.testing.TestData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everything in one process, on a real broker: from the source to the subscriber. */
@Timeout(180)
final class RunTest {

  private final Path directory;
  private final String state;

  RunTest(@TempDir Path directory) {
    this.directory = directory;
    this.state = directory.resolve("state").toString();
  }

  @Test
  void sineWavesAreLearnedAndALaterRunGoesOnWhereTheEarlierStopped() throws IOException {
    JsonNode first = summary(Shell.engramRun("--state", state, "--tasks", "200"));
    assertAllInTasks(first, 200 * 20);
    assertThat(first.get("tasks").asLong()).isEqualTo(200);
    assertThat(first.get("metaUpdates").asLong()).isPositive();
    assertThat(first.get("modelVersion").asLong()).isPositive();
    assertThat(first.get("metric").asText()).isEqualTo("mse");

    JsonNode again = summary(Shell.engramRun("--state", state, "--tasks", "200"));
    assertAllInTasks(again, 200 * 20);
    assertThat(again.get("metaUpdates")).isEqualTo(first.get("metaUpdates"));
    assertThat(again.get("modelVersion")).isEqualTo(first.get("modelVersion"));

    String copy = directory.resolve("copy").toString();
    assertThat(Shell.run("learner", "backup", copy, "--state", state).out())
        .contains("backed up to " + copy + ": 200 tasks learned from in 50 groups");
    Outcome occupied = Shell.run("learner", "restore", copy, "--state", state);
    assertThat(occupied.exitCode()).isEqualTo(ExitCodes.FAILURE);
    assertThat(occupied.err()).contains("it is not empty");
    String elsewhere = directory.resolve("elsewhere").toString();
    assertThat(Shell.run("learner", "restore", copy, "--state", elsewhere).out())
        .contains("restored to " + elsewhere);

    JsonNode longer = summary(Shell.engramRun("--state", state, "--tasks", "600"));
    assertAllInTasks(longer, 600 * 20);
    assertThat(longer.get("metaUpdates").asLong()).isEqualTo(3 * first.get("metaUpdates").asLong());
    assertThat(longer.get("modelVersion").asLong())
        .isGreaterThan(first.get("modelVersion").asLong());
    assertThat(longer.get("last200").get("model").asDouble())
        .isLessThan(0.8 * longer.get("last200").get("untrained").asDouble());

    delete(directory.resolve("state").resolve("learner"));
    JsonNode rebuilt = summary(Shell.engramRun("--state", state, "--tasks", "800"));
    assertAllInTasks(rebuilt, 800 * 20);
    assertThat(rebuilt.get("metaUpdates").asLong())
        .as("learned on from the champion, not from the beginning")
        .isGreaterThan(longer.get("metaUpdates").asLong());
    assertThat(rebuilt.get("modelVersion").asLong())
        .isGreaterThan(longer.get("modelVersion").asLong());

    Outcome other = Shell.engramRun("--state", state, "--shots", "5");
    assertThat(other.exitCode()).isEqualTo(ExitCodes.FAILURE);
    assertThat(other.errorLines()).hasSize(1);
    assertThat(other.err()).contains("shots '10', not '5'").contains("delete it to start afresh");
  }

  private static void delete(Path store) throws IOException {
    try (Stream<Path> files = Files.list(store)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void badRowsOfACsvAreRejectedAndTheGoodOnesLearnedFrom() throws IOException {
    StringBuilder rows = new StringBuilder("user,x,y,kind\n");
    for (int i = 0; i < 400; i++) {
      rows.append("u%d,%d,%d,%s\n".formatted(i % 4, i % 7, i % 3, i % 7 > 3 ? "high" : "low"));
    }
    rows.append("u1,one,2,low\nu1,1,2,\nu1,1,2\nu1,1,NaN,low\nu2,,2,low\n");
    Path file = Files.writeString(directory.resolve("rows.csv"), rows);
    JsonNode summary =
        summary(
            Shell.engramRun(
                "--state",
                state,
                "--source",
                "csv",
                "--file",
                file.toString(),
                "--key",
                "user",
                "--label",
                "kind",
                "--classification",
                "--missing",
                "reject"));
    assertThat(summary.get("examplesSent").asLong()).isEqualTo(405);
    assertThat(summary.get("examplesRejected").asLong()).isEqualTo(5);
    assertThat(summary.get("examplesInTasks").asLong()).isEqualTo(400);
    assertThat(summary.get("examplesOpen").asLong()).isZero();
    assertThat(summary.get("tasks").asLong()).isEqualTo(20);
    assertThat(summary.get("metric").asText()).isEqualTo("accuracy");
  }

  @Test
  void aRunThatRejectsMoreThanHalfSaysWhyAndFails() throws IOException {
    StringBuilder rows = new StringBuilder("user,x,y,kind\n");
    for (int i = 0; i < 90; i++) {
      String label = i % 3 == 0 ? i % 2 == 0 ? "high" : "low" : "";
      rows.append("u%d,%d,%d,%s\n".formatted(i % 3, i, i % 3, label));
    }
    Path file = Files.writeString(directory.resolve("rows.csv"), rows);
    Outcome outcome =
        Shell.engramRun(
            "--state",
            state,
            "--source",
            "csv",
            "--file",
            file.toString(),
            "--key",
            "user",
            "--label",
            "kind");
    assertThat(outcome.exitCode()).isEqualTo(ExitCodes.FAILURE);
    assertThat(outcome.err())
        .contains("60 of 90 examples were rejected, more than half")
        .contains("row 3, column 'kind': the label is missing");
    assertThat(outcome.lastJson().get("rejectedBy"))
        .hasToString(
            "{\"missing-label\":{\"count\":60,\"first\":\"row 3, column 'kind': the label is missing\"}}");
    assertThat(outcome.lastJson().get("examplesInTasks").asLong()).isEqualTo(30);
  }

  /** No key has the twenty rows of a task, and there are fewer tasks than a version is made after; nothing of it is left behind. */
  @Test
  void theLastRowsOfACsvAreLearnedFromAndEndInAVersion() throws IOException {
    StringBuilder rows = new StringBuilder("user,x,y,kind\n");
    for (int i = 0; i < 70; i++) {
      rows.append("u%d,%d,%d,%s\n".formatted(i % 7, i % 9, i % 3, i % 9 > 3 ? "high" : "low"));
    }
    rows.append("alone,1,2,low\n");
    Path file = Files.writeString(directory.resolve("rows.csv"), rows);
    String[] run = {
      "--state",
      state,
      "--source",
      "csv",
      "--file",
      file.toString(),
      "--key",
      "user",
      "--label",
      "kind",
      "--classification"
    };
    JsonNode summary = summary(Shell.engramRun(run));
    assertThat(summary.get("examplesInTasks").asLong()).isEqualTo(70);
    assertThat(summary.get("examplesLeftOver").asLong()).isEqualTo(1);
    assertThat(summary.get("examplesOpen").asLong()).isZero();
    assertThat(summary.get("tasks").asLong()).isEqualTo(7);
    assertThat(summary.get("metaUpdates").asLong()).as("the model was fitted").isEqualTo(1);
    assertThat(summary.get("modelVersion").asLong()).isEqualTo(1);
    JsonNode again = summary(Shell.engramRun(run));
    assertThat(again.get("tasks").asLong()).isEqualTo(7);
    assertThat(again.get("modelVersion").asLong()).isEqualTo(1);
  }

  @Test
  void realAirQualityIsPredictedBetterThanByParametersThatNeverLearned() throws IOException {
    Path station =
        TestData.require("beijing_air_quality/PRSA_Data_Dingling_20130301-20170228.csv.gz");
    Path file = directory.resolve("air.csv");
    try (BufferedReader rows =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(station)), StandardCharsets.UTF_8))) {
      Files.write(file, rows.lines().limit(4001).toList());
    }
    JsonNode summary =
        summary(
            Shell.engramRun(
                "--state",
                state,
                "--source",
                "csv",
                "--file",
                file.toString(),
                "--key",
                "month",
                "--label",
                "PM2.5",
                "--ignore",
                "No,wd,station",
                "--regression"));
    assertThat(summary.get("examplesSent").asLong()).isEqualTo(4000);
    assertThat(summary.get("examplesRejected").asLong()).isPositive();
    assertThat(summary.get("last200").get("model").asDouble())
        .isLessThan(0.7 * summary.get("last200").get("untrained").asDouble());
  }

  @Test
  void omniglotSessionsAreLearned() throws IOException {
    JsonNode summary =
        summary(
            Shell.engramRun(
                "--state",
                state,
                "--source",
                "omniglot",
                "--data",
                TestData.require("omniglot").toString(),
                "--queries",
                "3",
                "--tasks",
                "12",
                "--set",
                "learner.outer-steps=1"));
    assertAllInTasks(summary, 12 * 5 * 4);
    assertThat(summary.get("last200").get("nearestNeighbour").asDouble()).isBetween(0.1, 0.9);
  }

  private static void assertAllInTasks(JsonNode summary, long examples) {
    assertThat(summary.get("examplesSent").asLong()).isEqualTo(examples);
    assertThat(summary.get("examplesInTasks").asLong()).isEqualTo(examples);
    assertThat(summary.get("examplesRejected").asLong()).isZero();
    assertThat(summary.get("examplesOpen").asLong()).isZero();
  }

  private static JsonNode summary(Outcome outcome) throws IOException {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    JsonNode last = outcome.lastJson();
    assertThat(last.get("event").asText()).isEqualTo("summary");
    return last;
  }
}
