package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.cli.Shell.Outcome;
import io.engram.cli.forget.FileSearch;
import io.engram.cli.forget.Needle;
import io.engram.core.random.RandomStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table is learned from through everything, with a key and without; the key is forgotten. What is published then is, byte for byte, what the run
 * that never had it published, and nothing of the key is left in any file or topic.
 */
@Timeout(600)
final class ForgetTest {

  private static final String KEY = "zz-forget-me";
  private static final String OTHER = "tenant-3";
  private static final float A = 1.2345678f;
  private static final float B = -7.6543217f;
  private static final int ROWS = 6_000;
  private static final int KEYS = 24;

  private final Path directory;
  private final Path with;
  private final Path without;

  ForgetTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.with = directory.resolve("with.csv");
    this.without = directory.resolve("without.csv");
    writeTables();
  }

  @Test
  void whatIsPublishedIsWhatTheRunThatNeverHadTheKeyPublishedAndNothingOfTheKeyIsLeft()
      throws IOException {
    Path state = directory.resolve("forgets");
    JsonNode before = run(state, with);
    long removed = rowsOf(KEY);
    assertThat(before.get("examplesSent").asLong()).isEqualTo(ROWS);
    assertThat(places(state)).as("a control: they can be found").isNotEmpty();
    assertThat(forget(state, "--verify").exitCode()).isEqualTo(ExitCodes.FAILURE);

    JsonNode found = forget(state, "--dry-run").lastJson();
    assertThat(found.get("topics").get(0).get("ofKey").asLong()).isEqualTo(removed);
    assertThat(found.get("tasksToLearnAgain").asLong()).isPositive();
    assertThat(places(state)).as("nothing is changed by looking").isNotEmpty();

    Outcome forgotten = forget(state);
    assertThat(forgotten.exitCode()).as(forgotten.err()).isEqualTo(ExitCodes.OK);
    assertThat(forgotten.lastJson().get("generation").asLong()).isEqualTo(1);
    assertClean(state);

    JsonNode after = run(state, with);
    assertThat(after.get("examplesSent").asLong()).isEqualTo(ROWS);
    assertThat(after.get("tasks").asLong())
        .isEqualTo(found.get("tasksToLearnAgain").asLong())
        .isLessThan(before.get("tasks").asLong());
    assertClean(state);

    Path never = directory.resolve("never");
    JsonNode other = run(never, without);
    assertThat(after.get("examplesInTasks")).isEqualTo(other.get("examplesInTasks"));
    assertThat(after.get("examplesLeftOver")).isEqualTo(other.get("examplesLeftOver"));
    assertThat(after.get("metaUpdates")).isEqualTo(other.get("metaUpdates"));
    assertThat(after.get("last200")).isEqualTo(other.get("last200"));
    assertThat(parameters(state))
        .as("sums of the parameters that are kept: none of before, all of the run without")
        .isNotEmpty()
        .isSubsetOf(parameters(never));
    assertThat(newest(state)).isEqualTo(newest(never));
  }

  @Test
  void aForgottenKeyThatStillComesIsCountedAndNotKept() throws IOException {
    Path state = directory.resolve("comes-again");
    Path growing = directory.resolve("growing.csv");
    List<String> rows = Files.readAllLines(with);
    Files.write(growing, rows.subList(0, 1 + ROWS / 2));
    run(state, growing);
    Outcome forgotten = forget(state);
    assertThat(forgotten.exitCode()).as(forgotten.err()).isEqualTo(ExitCodes.OK);

    Files.write(growing, rows);
    JsonNode after = run(state, growing);
    assertThat(after.get("examplesSent").asLong()).isEqualTo(ROWS);
    long kept = after.get("examplesInTasks").asLong() + after.get("examplesLeftOver").asLong();
    assertThat(kept).isEqualTo(ROWS - rowsOf(KEY));
    assertClean(state);

    JsonNode again = forget(state, "--dry-run").lastJson();
    assertThat(again.get("records").asLong()).isZero();
    Outcome absent = Shell.run("forget", "--state", state.toString(), "--key", "nobody", "--json");
    assertThat(absent.lastJson().get("rewritten").asBoolean()).isFalse();
    assertThat(run(state, growing).get("modelVersion")).isEqualTo(after.get("modelVersion"));
  }

  @Test
  void withoutATopicOrAKeyItSaysWhatItNeeds() {
    assertThat(
            Shell.run("forget", "--state", directory.resolve("none").toString(), "--key", "a")
                .err())
        .contains("there are no topics in")
        .contains("--state DIR");
    assertThat(Shell.run("forget").err()).contains("name it with --key KEY");
  }

  private JsonNode run(Path state, Path table) throws IOException {
    Outcome outcome =
        Shell.engramRun(
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
            "fomaml",
            "--set",
            "learner.draw-by=arrival",
            "--set",
            "learner.memory-capacity=40",
            "--set",
            "learner.held-out.share=0.1",
            "--set",
            "learner.publish-every=4");
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCodes.OK);
    return outcome.lastJson();
  }

  private static Outcome forget(Path state, String... more) {
    return Shell.run(
        Stream.concat(
                Stream.of("forget", "--state", state.toString(), "--key", KEY, "--json"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private static void assertClean(Path state) throws IOException {
    assertThat(places(state)).isEmpty();
    Outcome verified = forget(state, "--verify");
    assertThat(verified.exitCode()).as(verified.out()).isEqualTo(ExitCodes.OK);
    assertThat(verified.lastJson().get("clean").asBoolean()).isTrue();
    Outcome control =
        Shell.run("forget", "--state", state.toString(), "--key", OTHER, "--json", "--verify");
    assertThat(control.exitCode()).as("others are where they were").isEqualTo(ExitCodes.FAILURE);
  }

  /** Files that hold the key's name or the numbers that only its rows have. */
  private static List<Path> places(Path state) {
    List<Path> places = new ArrayList<>(FileSearch.files(state, Needle.of(KEY)));
    byte[] features =
        ByteBuffer.allocate(2 * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat(A)
            .putFloat(B)
            .array();
    places.addAll(FileSearch.files(state, new Needle(features)));
    return places;
  }

  /** They are named by their sums. */
  private static Set<String> parameters(Path state) throws IOException {
    try (Stream<Path> files = Files.list(state.resolve("registry").resolve("parameters"))) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private static String newest(Path state) throws IOException {
    try (Stream<Path> files = Files.list(state.resolve("registry").resolve("parameters"))) {
      return files
          .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
          .orElseThrow()
          .getFileName()
          .toString();
    }
  }

  private long rowsOf(String key) throws IOException {
    try (Stream<String> lines = Files.lines(with)) {
      return lines.filter(line -> line.startsWith(key + ",")).count();
    }
  }

  private void writeTables() throws IOException {
    RandomStream random = new RandomStream(7);
    List<String> all = new ArrayList<>();
    List<String> others = new ArrayList<>();
    all.add("key,a,b,y");
    others.add("key,a,b,y");
    for (int row = 0; row < ROWS; row++) {
      int number = random.nextInt(KEYS + 2);
      boolean own = number >= KEYS;
      float a = own ? A : (float) (random.nextDouble() * 2 - 1);
      float b = own ? B : (float) (random.nextDouble() * 2 - 1);
      double y = Math.sin(number) + a * Math.cos(number) + b * Math.sin(3.0 * number);
      String line = "%s,%s,%s,%.6f".formatted(own ? KEY : "tenant-" + number, a, b, y);
      all.add(line);
      if (!own) {
        others.add(line);
      }
    }
    Files.write(with, all);
    Files.write(without, others);
  }
}
