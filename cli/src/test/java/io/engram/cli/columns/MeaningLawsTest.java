package io.engram.cli.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** What holds for every cell. */
final class MeaningLawsTest {

  private static final List<Meaning> TEXTS =
      List.of(
          new Categories(List.of("a", "b", "ä")),
          new HashedText(HashedText.PLACES),
          new Sentences(Sentences.PLACES));

  @Property
  void textIsTotalAndStaysInItsPlaces(@ForAll String cell) throws BadCell {
    for (Meaning meaning : TEXTS) {
      float[] row = new float[meaning.width() + 2];
      meaning.encode(cell, row, 1);
      assertThat(row[0]).as("in front of %s", meaning).isZero();
      assertThat(row[row.length - 1]).as("behind %s", meaning).isZero();
      for (float number : row) {
        assertThat(number).isBetween(-2f, 2f);
      }
      assertThat(row).isEqualTo(again(meaning, cell));
    }
  }

  @Property
  void oneHotSumsToAtMostOne(@ForAll String cell, @ForAll @Size(max = 6) List<String> values)
      throws BadCell {
    Categories categories = new Categories(values.stream().distinct().sorted().toList());
    float[] row = new float[categories.width()];
    categories.encode(cell, row, 0);
    assertThat(IntStream.range(0, row.length).mapToDouble(i -> row[i]).sum())
        .isEqualTo(categories.values().contains(cell) ? 1 : 0);
  }

  @Property
  void aCellIsRefusedOrFinite(@ForAll String cell) {
    for (Meaning meaning :
        List.of(
            new Numeric(Notation.POINT, 0),
            new Numeric(Notation.COMMA, 5),
            new YesNo(),
            new Moment("d.M.uuuu", true, 0),
            new Moment("", true, 0))) {
      float[] row = new float[meaning.width()];
      try {
        meaning.encode(cell, row, 0);
      } catch (BadCell bad) {
        assertThat(bad).hasMessageContaining("expected");
      }
      for (float number : row) {
        assertThat(Float.isFinite(number)).isTrue();
      }
    }
  }

  @Property
  void everyRowIsAsWideAsThePlan(@ForAll @Size(3) List<String> cells) throws BadCell {
    ColumnPlan plan = plan();
    float[] row = RowEncoder.running(plan).encode(cells);
    assertThat(row).hasSize(plan.width());
    assertThat(plan.names()).hasSize(plan.width()).doesNotHaveDuplicates();
    assertThat(row).isEqualTo(RowEncoder.running(plan).encode(cells));
  }

  private static float[] again(Meaning meaning, String cell) throws BadCell {
    float[] row = new float[meaning.width() + 2];
    meaning.encode(cell, row, 1);
    return row;
  }

  private static ColumnPlan plan() {
    List<PlannedColumn> columns = new ArrayList<>();
    for (int i = 0; i < TEXTS.size(); i++) {
      columns.add(
          new PlannedColumn("c" + i, TEXTS.get(i), i > 0 ? Gaps.MARKED : Gaps.NONE, List.of()));
    }
    return new ColumnPlan(
        ColumnPlan.FORMAT,
        Map.of(),
        ",",
        Missing.MARK,
        "k",
        new LabelPlan.Classes("y", List.of("p", "q"), 4, "p"),
        columns,
        new ColumnPlan.Beginning(0, ""));
  }
}
