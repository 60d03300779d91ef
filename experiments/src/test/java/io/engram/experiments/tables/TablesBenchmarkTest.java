package io.engram.experiments.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.engram.benchmarks.BenchReport;
import io.engram.core.random.RandomStream;
import io.engram.core.task.Targets;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesBenchmarkTest {

  private static final int KEYS = 4;
  private static final int ROWS = 4 * 20 * 12;

  @TempDir private Path directory;

  /** Numbers: a key's own level plus the first column. Classes: whether the first column is above 0. */
  @BeforeEach
  void writeTables() throws IOException {
    Files.writeString(
        directory.resolve("MANIFEST.tsv"),
        "name\tkind\tkeys\nlevels\tregression\t4\nsigns\tclassification\t4\n");
    RandomStream random = new RandomStream(7);
    try (Writer levels = table("levels");
        Writer signs = table("signs")) {
      for (int i = 0; i < ROWS; i++) {
        int key = i % KEYS;
        double x = 2 * random.nextDouble() - 1;
        String inputs = "k%d,%s,%s,".formatted(key, x, i % 7 == 0 ? "" : random.nextDouble());
        levels.write(inputs + (10 * key + x) + "\n");
        signs.write(inputs + (x > 0 ? 1 : 0) + "\n");
      }
    }
  }

  private Writer table(String name) throws IOException {
    Writer writer =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(directory.resolve(name + ".csv.gz"))),
            StandardCharsets.UTF_8);
    writer.write("key,x,noise,label\n");
    return writer;
  }

  @Test
  void rowsOfAKeyBecomeTasks() {
    KeyedStream stream = KeyedStream.read(directory, "signs", true, ROWS);
    assertThat(stream.ways()).isEqualTo(2);
    assertThat(stream.columns()).isEqualTo(2);
    assertThat(stream.tasks()).hasSize(ROWS / 20);
    KeyedTask first = stream.tasks().get(0);
    assertThat(first.support().size()).isEqualTo(10);
    assertThat(first.query().size()).isEqualTo(10);
    assertThat(first.support().inputs()[1]).isNaN();
    int[] classes = ((Targets.Classes) first.query().targets()).classes();
    for (int i = 0; i < classes.length; i++) {
      assertThat(classes[i]).isEqualTo(first.query().inputs()[2 * i] > 0 ? 1 : 0);
    }
  }

  @Test
  void shuffledLabelsStayWithTheirKeyAndLeaveTheirRow() {
    KeyedStream asTheyCome = KeyedStream.read(directory, "levels", false, ROWS);
    KeyedStream shuffled =
        KeyedStream.read(directory, "levels", false, ROWS, KeyedStream.Order.LABELS_SHUFFLED);
    assertThat(shuffled.name()).isEqualTo("levels-shuffled");
    float[] before = labels(asTheyCome);
    float[] after = labels(shuffled);
    int moved = 0;
    for (int i = 0; i < before.length; i++) {
      assertThat(Math.round(after[i] / 10))
          .as("a key's level")
          .isEqualTo(Math.round(before[i] / 10));
      moved += before[i] == after[i] ? 0 : 1;
    }
    assertThat(moved).isGreaterThan(before.length * 9 / 10);
    Arrays.sort(before);
    Arrays.sort(after);
    assertThat(after).isEqualTo(before);
  }

  private static float[] labels(KeyedStream stream) {
    float[] labels = new float[20 * stream.tasks().size()];
    for (int i = 0; i < stream.tasks().size(); i++) {
      KeyedTask task = stream.tasks().get(i);
      System.arraycopy(((Targets.Values) task.support().targets()).values(), 0, labels, 20 * i, 10);
      System.arraycopy(
          ((Targets.Values) task.query().targets()).values(), 0, labels, 20 * i + 10, 10);
    }
    return labels;
  }

  @Test
  void aTableOfTooFewRowsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyedStream.read(directory, "levels", false, 10))
        .withMessageContaining("no key");
  }

  @Test
  void everybodyIsScoredAndWhatIsLinearIsFound() {
    BenchReport report = bench(new KeptOutcomes(null)).run();
    assertThat(value(report, "levels support-mean", "mse, all tasks"))
        .isCloseTo(1 / 3.0, within(0.1));
    assertThat(value(report, "levels mixture", "mse, all tasks")).isLessThan(0.01);
    assertThat(value(report, "signs mixture", "error, all tasks")).isLessThan(0.15);
    assertThat(value(report, "signs engram", "error, all tasks")).isLessThan(0.15);
    assertThat(value(report, "signs engram", "expected calibration error")).isLessThan(0.1);
    assertThat(value(report, "levels engram", "mse, all tasks")).isLessThan(0.05);
    assertThat(value(report, "levels engram", "within 80 % intervals")).isBetween(0.7, 0.95);
    assertThat(value(report, "signs trees", "log loss, all tasks")).isLessThan(0.7);
    assertThat(value(report, "geometric mean of 2 streams", "mixture, all tasks")).isPositive();
  }

  @Test
  void whatIsKeptIsNotDoneAgain(@TempDir Path keep) {
    BenchReport first = bench(new KeptOutcomes(keep)).run();
    BenchReport again = bench(new KeptOutcomes(keep)).run();
    assertThat(again.cases()).isEqualTo(first.cases());
  }

  private TablesBenchmark bench(KeptOutcomes kept) {
    return new TablesBenchmark(TablesBenchmark.Table.of(directory), ROWS, 10, kept, line -> {});
  }

  private static double value(BenchReport report, String name, String metric) {
    return report.cases().stream()
        .filter(line -> line.name().equals(name) && line.metric().equals(metric))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
