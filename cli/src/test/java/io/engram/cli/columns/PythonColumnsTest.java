package io.engram.cli.columns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** The Python package makes the same numbers of the same rows, by the plan that travels with a version. */
final class PythonColumnsTest {

  private static final double TOLERANCE = 1e-6;
  private static final File PYTHON = new File("../python");

  private record Column(Meaning meaning, List<String> cells) {}

  /** The cells of every kind of column, good ones and bad ones. */
  private static final List<Column> COLUMNS =
      List.of(
          new Column(
              new Numeric(Notation.POINT, 0),
              List.of(
                  "1",
                  "-1.5",
                  "1,234.5",
                  "1 234 567",
                  "(1.50)",
                  "2.5-",
                  "−3",
                  "+4",
                  ".5",
                  "5.",
                  "1e3",
                  "-2.5E-2",
                  "$7",
                  "7 €",
                  "12 %",
                  "1,23",
                  "1e",
                  "0x1",
                  "7d",
                  "abc",
                  "1e99",
                  "12,34,567",
                  "1'000",
                  "- 5",
                  "1.2.3",
                  "e5",
                  "NaN",
                  "",
                  "unknown",
                  "-",
                  "n/a")),
          new Column(
              new Numeric(Notation.COMMA, 1000),
              List.of("1,5", "1.234,5", "1.234", "12.34", "(2,5)", "€ 1.000,25", "1,2,3", "?")),
          new Column(new YesNo(), List.of("yes", "No", "T", "0", "on", "maybe", "NULL", "nil")),
          new Column(
              new Moment("uuuu-M-d", true, 19000),
              List.of(
                  "2024-01-31",
                  "2024-2-29T17:05",
                  "2023-02-29",
                  "2024-1-31 5:05 pm",
                  "2024-1-31 17:05:30.250",
                  "2024-12-01T00:00:00Z",
                  "2024-12-01 23:59+02:00",
                  "2024-12-01 23:59:59-0330",
                  "2024-13-01",
                  "24-1-1",
                  "2024-1-31 25:00",
                  "2024-1-31 13:00am",
                  "31.1.2024",
                  "")),
          new Column(
              new Moment("d-MMM-uu", false, 0),
              List.of("3-Feb-24", "31-DEC-99", "3-Foo-24", "30-feb-24")),
          new Column(
              new Moment("MMM d, uuuu", false, 0), List.of("Jan 5, 2021", "jan 15, 1965", "x")),
          new Column(
              new Moment("", true, 0), List.of("17:05", "5:05 PM", "0:00:59", "24:00", "5pm")),
          new Column(
              new Categories(List.of("a", "b c", "ä")),
              List.of("a", "ä", "b c", "A", "NA", "none")),
          new Column(new HashedText(32), List.of("red", "Ärger", "😀 smile", "", "null", "0")),
          new Column(
              new Sentences(64),
              List.of("The quick, brown fox!", "Ünder_score 3rd-time 😀", "...", "a", "?")),
          new Column(new LeftOut("it is a note"), List.of("whatever", "")));

  @TempDir Path directory;

  @Test
  void rowsBecomeTheSameNumbers() throws Exception {
    requirePython();
    for (Missing missing : Missing.values()) {
      for (String marks : List.of("", "auto\n-1.5\nred", "none")) {
        compare(plan(missing, marks));
      }
    }
  }

  private void compare(ColumnPlan plan) throws Exception {
    List<Map<String, String>> rows = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    expected.add(String.join("\t", plan.names()));
    int longest = COLUMNS.stream().mapToInt(it -> it.cells.size()).max().orElseThrow();
    for (int i = 0; i < COLUMNS.size() * longest; i++) {
      // One column after the other goes through its cells; the others have their first, which is
      // good.
      int changing = i / longest;
      List<String> cells = new ArrayList<>();
      Map<String, String> row = new LinkedHashMap<>();
      for (int c = 0; c < plan.columns().size(); c++) {
        List<String> some = COLUMNS.get(c).cells;
        String cell = some.get(c == changing ? i % longest % some.size() : 0);
        cells.add(cell);
        row.put(plan.columns().get(c).name(), cell);
      }
      rows.add(row);
      expected.add(encoded(plan, cells));
    }
    Files.writeString(directory.resolve("plan.json"), plan.published());
    Files.writeString(directory.resolve("rows.json"), new ObjectMapper().writeValueAsString(rows));
    assertThat(python("-m", "tests.rows", directory.toString()))
        .as(Files.readString(directory.resolve("python.log")))
        .isZero();
    List<String> found = Files.readAllLines(directory.resolve("rows.answers"));
    assertThat(found.get(0)).isEqualTo(expected.get(0));
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 1; i < expected.size(); i++) {
      assertThat(same(expected.get(i), found.get(i)))
          .as(
              "%s under %s%n%s here%n%s there",
              rows.get(i - 1), plan, expected.get(i), found.get(i))
          .isTrue();
    }
  }

  private static String encoded(ColumnPlan plan, List<String> cells) {
    try {
      List<String> words = new ArrayList<>();
      for (float number : RowEncoder.settled(plan).encode(cells)) {
        words.add(Float.toString(number));
      }
      return String.join(" ", words);
    } catch (BadCell bad) {
      return "refused";
    }
  }

  private static boolean same(String expected, String found) {
    String[] ours = expected.split(" ", -1);
    String[] theirs = found.split(" ", -1);
    boolean same = ours.length == theirs.length;
    for (int i = 0; same && i < ours.length; i++) {
      if (ours[i].equals("refused") || theirs[i].equals("refused")) {
        same = ours[i].equals(theirs[i]);
      } else {
        double truth = Double.parseDouble(ours[i]);
        double error = Math.abs(Double.parseDouble(theirs[i]) - truth);
        same = error <= TOLERANCE * Math.max(1, Math.abs(truth));
      }
    }
    return same;
  }

  private static ColumnPlan plan(Missing missing, String marks) {
    List<PlannedColumn> columns = new ArrayList<>();
    for (Column column : COLUMNS) {
      Meaning meaning = column.meaning;
      List<Float> means = new ArrayList<>();
      for (int i = 0; meaning.averaged() && i < meaning.width(); i++) {
        means.add(0.5f + i);
      }
      boolean marked = missing == Missing.MARK && columns.size() % 2 == 0 && meaning.width() > 0;
      Gaps gaps = marked ? Gaps.MARKED : Gaps.FILLED;
      columns.add(new PlannedColumn("c" + columns.size(), meaning, gaps, means));
    }
    return new ColumnPlan(
        1,
        marks.isEmpty() ? Map.of() : Map.of(ColumnPlan.MARKS, marks),
        ",",
        missing,
        "key",
        new LabelPlan.Classes("label", List.of("x", "y"), 0, "'x' 50 %"),
        columns,
        new ColumnPlan.Beginning(0, ""));
  }

  private void requirePython() throws Exception {
    if (python("-c", "pass") != 0) {
      throw new TestAbortedException(
          "SKIPPED: " + Files.readString(directory.resolve("python.log")).strip());
    }
  }

  private int python(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "tests/python3.sh"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(PYTHON)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("python.log").toFile());
    builder.environment().put("PYTHONPATH", PYTHON.getCanonicalPath());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.start();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      return -1;
    }
    return process.exitValue();
  }
}
