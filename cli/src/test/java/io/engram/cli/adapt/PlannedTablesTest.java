package io.engram.cli.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.cli.columns.Asked;
import io.engram.cli.columns.ColumnPlan;
import io.engram.cli.source.SourceException;
import io.engram.cli.source.csv.CsvSettings;
import io.engram.cli.source.csv.CsvSource;
import io.engram.cli.source.csv.CsvTable;
import io.engram.client.SupportSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client makes the same numbers of a row as the run whose model it takes. */
class PlannedTablesTest {

  @TempDir private Path directory;

  @Test
  void columnsInAnotherOrderAndGapsAreReadAsTheModelMeansThem() throws IOException {
    ColumnPlan plan = plan();
    CsvTable support =
        table("few.csv", "pm25;wind;sun;note", "1000000001;n;3,5;x", "1000000002;;;");
    FewShotTables tables =
        new FewShotTables(support, support, new TableColumns("pm25", List.of("note"), plan));
    SupportSet.Measured measured = tables.supportMeasured();
    assertThat(plan.names()).containsExactly("sun", "sun.missing", "wind=n", "wind=s");
    assertThat(measured.features().get(0)).containsExactly(3.5f, 0, 1, 0);
    assertThat(measured.features().get(1)).as("the mean so far").containsExactly(2, 1, 0, 0);
    assertThat(measured.targets().get(0)).as("less what the plan takes off").containsExactly(-1);
    assertThat(tables.words(0.5f)).isEqualTo("1000000002.5");
    assertThat(tables.number("1.000.000.002,5")).isEqualTo(1000000002.5);
  }

  @Test
  void whatTravelsWithAVersionIsTheSamePlanButForWhereItsTableLay() throws IOException {
    ColumnPlan plan = plan();
    ColumnPlan travelled = ColumnPlan.published(plan.published());
    assertThat(travelled.columns()).isEqualTo(plan.columns());
    assertThat(travelled.label()).isEqualTo(plan.label());
    assertThat(plan.published()).doesNotContain("rows.csv");
    CsvTable support = table("few.csv", "sun;extra;wind;k;pm25", "3,5;1;n;a;1000000001");
    FewShotTables tables =
        new FewShotTables(support, support, new TableColumns("pm25", List.of(), travelled));
    assertThat(tables.supportMeasured().features().get(0)).containsExactly(3.5f, 0, 1, 0);
    assertThat(tables.strangers(List.of()).get(0)).contains("knows no column extra; passed over");
    assertThat(tables.strangers(List.of("extra"))).isEmpty();
  }

  @Test
  void otherColumnsAreRefusedByName() throws IOException {
    CsvTable support = table("few.csv", "pm25;wind;rain", "1;n;3,5");
    assertThatThrownBy(
            () -> new FewShotTables(support, support, new TableColumns("pm25", List.of(), plan())))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("the feature 'sun' is not a column of");
    CsvTable whole = table("few.csv", "pm25;wind;sun", "1;n;hot");
    assertThatThrownBy(
            () -> new FewShotTables(whole, whole, new TableColumns("pm25", List.of("sun"), plan())))
        .hasMessageContaining("--ignore 'sun': the model was trained with that column");
    FewShotTables tables =
        new FewShotTables(whole, whole, new TableColumns("pm25", List.of(), plan()));
    assertThatThrownBy(tables::supportMeasured)
        .hasMessageContaining("row 2, column 'sun': found 'hot', expected a number");
    assertThatThrownBy(() -> tables.requireFeatures("m", 7))
        .hasMessageContaining("takes 7 features, the plan of the columns makes 4");
  }

  private ColumnPlan plan() throws IOException {
    Path file =
        Files.write(
            directory.resolve("rows.csv"),
            List.of(
                "k;sun;wind;pm25",
                "a;1,5;n;1000000001",
                "a;2,5;s;1000000002,5",
                "b;;n;1000000003"));
    CsvSettings settings =
        new CsvSettings(file.toString(), Asked.of("k", "pm25"), CsvSettings.Reading.of(10));
    try (CsvSource source =
        CsvSource.open(settings, InputStream.nullInputStream(), null, line -> {})) {
      return source.plan();
    }
  }

  private CsvTable table(String name, String... lines) throws IOException {
    return CsvTable.read(Files.write(directory.resolve(name), List.of(lines)));
  }
}
