package io.engram.cli.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.cli.source.SourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FirstLookTest {

  private static final List<String> TALK =
      List.of("the pump runs hot", "replaced a seal, fine", "noise from the bearing");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.5 | 2 | 3e4 | number",
        "1,234.5 | 833.7 | 2 | number",
        "1.234,5 | 7,25 | 2 | number, decimal comma",
        "$1,234.50 | $7.00 | unknown | number, gaps filled and marked",
        "y | n | t | text, one-hot of 3 values",
        "yes | No | 1 | yes or no",
        "True | false | true | yes or no",
        "7d | 7f | 7m | text, one-hot of 3 values",
        "NNW | S | S | text, one-hot of 2 values",
        "2024-01-31 | 2024-02-01 | 2023-12-24 | date uuuu-M-d, from 2023-12-24",
        "2024-01-31T10:00:00Z | 2024-02-01T10:00:00+02:00 | 2024-02-02T10:00Z | date uuuu-M-d with time, from 2024-01-31",
        "31.1.2024 17:05 | 1.2.2024 | 1.2.2024 5:00 | date d.M.uuuu with time, from 2024-01-31",
        "01/31/2024 | 02/01/2024 | 02/02/2024 5:07 PM | date M/d/uuuu with time, from 2024-01-31",
        "17:05 | 5:30 | 0:00 | time of day",
        "31-Jan-2024 | 1-Feb-2024 | 2-FEB-2024 | date d-MMM-uuuu, from 2024-01-31"
      })
  void aColumnIsTakenForWhatItLooksLike(String a, String b, String c, String words) {
    assertThat(column("x", Asked.of("k", "y"), a, b, c).words()).isEqualTo("column x: " + words);
  }

  @Test
  void whereAColumnLeavesItOpenTheOthersSayHowNumbersAreWritten() {
    List<String> names = List.of("k", "open", "clear", "y");
    FirstLook look = new FirstLook("t", names, Asked.of("k", "y"), ",");
    look.add(List.of("a", "1,234", "3,5", "p"));
    look.add(List.of("a", "5,678", "4,25", "q"));
    assertThat(look.plan(Map.of(), beginning()).words())
        .startsWith("column open: number, decimal comma", "column clear: number, decimal comma");
  }

  @Test
  void manyTextsAreHashedAndSentencesByTheirWords() {
    assertThat(column("x", Asked.of("k", "y"), many(400, i -> "T" + i % 50)).words())
        .contains("hashed to 32 numbers");
    assertThat(
            column("x", Asked.of("k", "y"), many(400, i -> TALK.get(i % 3) + " " + i % 90)).words())
        .contains("sentences");
    assertThat(column("x", Asked.of("k", "y"), many(400, i -> "id-" + i)).words())
        .contains("left out, nearly every row has a text of its own");
  }

  @Test
  void whatNumbersTheRowsIsLeftOutUnlessSaidOtherwise() {
    String[] counted = many(50, Integer::toString);
    assertThat(column("#1", Asked.of("k", "y"), counted).words())
        .isEqualTo("column #1: left out, it numbers the rows");
    assertThat(column("hours", Asked.of("k", "y"), counted).words()).contains("number");
    assertThat(column("#1", with("#1=number"), counted).words()).contains("number");
  }

  @Test
  void somebodyWhoKnowsBetterIsBelieved() {
    assertThat(column("zip", with("zip=text"), "10115", "20095", "10115").words())
        .isEqualTo("column zip: text, one-hot of 2 values");
    assertThat(column("at", with("at=date"), "20240131", "20240201", "20240202").words())
        .isEqualTo("column at: date uuuuMMdd, from 2024-01-31");
    assertThat(column("at", with("at=date:M/d/yyyy"), "1/2/2024", "2/3/2024").words())
        .isEqualTo("column at: date M/d/uuuu, from 2024-01-02");
    assertThatThrownBy(() -> ColumnChoice.parse("zip=txt"))
        .hasMessageContaining("columns: found 'zip=txt', expected NAME=text|words|number");
    assertThatThrownBy(() -> column("at", with("at=date"), "soon", "later"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("--column 'at=date:d.M.uuuu'");
  }

  @Test
  void gapsAreFilledWithTheMeanSoFarAndMarked() throws BadCell {
    ColumnPlan plan = plan("x", Asked.of("k", "y"), "1", "NA", "5");
    assertThat(plan.names()).containsExactly("x", "x.missing");
    RowEncoder encoder = RowEncoder.running(plan);
    assertThat(encoder.encode(List.of("nan"))).as("the plan's mean").containsExactly(3, 1);
    assertThat(encoder.encode(List.of("1"))).containsExactly(1, 0);
    assertThat(encoder.encode(List.of("2"))).containsExactly(2, 0);
    assertThat(encoder.encode(List.of(""))).as("the mean so far").containsExactly(1.5f, 1);
    assertThat(RowEncoder.settled(plan).encode(List.of(""))).containsExactly(3, 1);
  }

  @Test
  void differencesOfLargeNumbersSurvive() throws BadCell {
    ColumnPlan plan = plan("x", Asked.of("k", "y"), "1000000007.5", "1000000005.25", "1000000001");
    assertThat(plan.words().get(0)).contains("number, less 1000000005");
    RowEncoder encoder = RowEncoder.running(plan);
    assertThat(encoder.encode(List.of("1000000007.5"))[0]).isEqualTo(2.5f);
    ColumnPlan small = plan("x", Asked.of("k", "y"), "1e-6", "3e-6", "2e-6");
    assertThat(RowEncoder.running(small).encode(List.of("2e-6"))[0]).isEqualTo(2e-6f);
  }

  @Test
  void daysOfTheWeekMonthsAndHoursLieOnCircles() throws BadCell {
    ColumnPlan plan = plan("t", Asked.of("k", "y"), "2024-01-01 06:00", "2024-01-02 00:00");
    assertThat(plan.names())
        .containsExactly(
            "t.days",
            "t.month.sin",
            "t.month.cos",
            "t.weekday.sin",
            "t.weekday.cos",
            "t.hour.sin",
            "t.hour.cos");
    float[] monday = RowEncoder.running(plan).encode(List.of("2024-01-01 06:00"));
    assertThat(monday[0]).isEqualTo(0.25f);
    assertThat(monday[2]).as("January").isEqualTo(1);
    assertThat(monday[4]).as("Monday").isEqualTo(1);
    assertThat(monday[5]).as("six o'clock").isEqualTo(1);
  }

  @Test
  void theLabelSaysWhetherItIsClassesOrNumbers() {
    assertThat(label(LabelKind.AUTO, many(60, i -> i % 2 == 0 ? "ok" : "worn")).words())
        .isEqualTo("label y: 2 classes, most often 'ok' 50.0 %, room for 4 that turn up later");
    assertThat(label(LabelKind.AUTO, many(60, i -> "" + i % 3)))
        .isInstanceOf(LabelPlan.Classes.class);
    assertThat(label(LabelKind.AUTO, many(60, i -> "" + i))).isInstanceOf(LabelPlan.Numbers.class);
    assertThat(label(LabelKind.AUTO, "0.5", "1.0")).isInstanceOf(LabelPlan.Numbers.class);
    assertThat(label(LabelKind.CLASSIFICATION, "0.5", "1.0")).isInstanceOf(LabelPlan.Classes.class);
  }

  @Test
  void aLabelThatCannotBeWhatItIsSaidToBeStopsWithAWayOut() {
    assertThatThrownBy(() -> label(LabelKind.CLASSIFICATION, many(60, i -> i + ".5")))
        .hasMessageContaining("60 different numbers in 60 rows, such as 0.5")
        .hasMessageContaining("--regression");
    assertThatThrownBy(() -> label(LabelKind.CLASSIFICATION, many(60, i -> "name" + i)))
        .hasMessageContaining("nearly every row has its own");
    assertThatThrownBy(() -> label(LabelKind.REGRESSION, "ok", "worn"))
        .hasMessageContaining("holds text (such as 'ok')")
        .hasMessageContaining("--classification");
    assertThatThrownBy(() -> label(LabelKind.AUTO, "ok", "ok"))
        .hasMessageContaining("1 class(es), at least 2 are needed");
  }

  @Test
  void aPlanIsReadBackAsItWasWritten(@TempDir Path directory) throws Exception {
    List<String> names = List.of("k", "n", "b", "d", "c", "h", "s", "i", "y");
    FirstLook look = new FirstLook("t", names, with("i=ignore"), ";");
    for (int i = 0; i < 100; i++) {
      look.add(
          List.of(
              "k" + i % 5,
              i % 9 == 0 ? "" : i + ",5",
              i % 2 == 0 ? "yes" : "no",
              "%d.1.2024".formatted(1 + i % 28),
              "c" + i % 3,
              "h" + i % 40,
              TALK.get(i % 3) + " " + i,
              "x",
              "1000000" + i + ",25"));
    }
    ColumnPlan plan = look.plan(Map.of("file", "t"), beginning());
    Path file = directory.resolve(ColumnPlan.FILE);
    plan.write(file);
    ColumnPlan read = ColumnPlan.read(file);
    assertThat(read).isEqualTo(plan);
    assertThat(read.names()).isEqualTo(plan.names());
    assertThat(read.answers(Map.of("file", "t"))).isTrue();
    assertThat(read.answers(Map.of("file", "u"))).isFalse();
    Files.writeString(file, "{\"format\":");
    assertThatThrownBy(() -> ColumnPlan.read(file))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("is no plan of columns")
        .hasMessageContaining("--state DIR");
  }

  private static Asked with(String choice) {
    Asked asked = Asked.of("k", "y");
    return new Asked(
        "k",
        "y",
        List.of(),
        List.of(ColumnChoice.parse(choice)),
        asked.kind(),
        asked.missing(),
        asked.decimal(),
        asked.spareClasses());
  }

  private static LabelPlan label(LabelKind kind, String... labels) {
    Asked asked = new Asked("k", "y", List.of(), List.of(), kind, Missing.MARK, Decimal.AUTO, 4);
    FirstLook look = new FirstLook("t", List.of("k", "x", "y"), asked, ",");
    for (String label : labels) {
      look.add(List.of("k", "1", label));
    }
    return look.plan(Map.of(), beginning()).label();
  }

  private static PlannedColumn column(String name, Asked asked, String... cells) {
    return plan(name, asked, cells).columns().get(0);
  }

  /** With another column, so that a feature is left, where the one asked about is none. */
  private static ColumnPlan plan(String name, Asked asked, String... cells) {
    List<String> names = new ArrayList<>(List.of(name, "k", "y"));
    boolean alone = !name.startsWith("#") && cells.length < 100;
    if (!alone) {
      names.add("other");
    }
    FirstLook look = new FirstLook("t", names, asked, ",");
    for (int i = 0; i < cells.length; i++) {
      List<String> row = new ArrayList<>(List.of(cells[i], "k", i % 2 == 0 ? "p" : "q"));
      if (!alone) {
        row.add("1");
      }
      look.add(row);
    }
    return look.plan(Map.of(), beginning());
  }

  private static ColumnPlan.Beginning beginning() {
    return new ColumnPlan.Beginning(0, "00000000");
  }

  private static String[] many(int count, IntFunction<String> cell) {
    String[] cells = new String[count];
    for (int i = 0; i < count; i++) {
      cells[i] = cell.apply(i);
    }
    return cells;
  }
}
