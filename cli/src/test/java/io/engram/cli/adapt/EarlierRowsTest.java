package io.engram.cli.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.cli.source.SourceException;
import io.engram.cli.source.csv.CsvTable;
import io.engram.client.SupportSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierRowsTest {

  private static final TableColumns COLUMNS = new TableColumns("pm25", List.of(), null);

  @TempDir private Path directory;

  @Test
  void columnsAreFoundByNameAndRowsGroupedByTheKey() throws IOException {
    Path earlier = file("earlier.csv", "pm25,station,wind,sun", "3,n,1,2", "5,s,3,4", "7,n,5,6");
    EarlierRows rows = EarlierRows.reading(earlier, "station", 2);
    FewShotTables tables = tables();
    SupportSet.Measured measured = tables.measured(rows.table(), rows.table().rows());
    assertThat(measured.features().get(1)).containsExactly(4, 3);
    assertThat(measured.targets().get(1)).containsExactly(5);
    assertThat(rows.similar(tables, true)).isNotNull();
    assertThat(tables.labeled(rows.table(), rows.table().rows()).labels())
        .containsExactly("3", "5", "7");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Path earlier = file("earlier.csv", "pm25,station,wind", "3,n,1");
    assertThatThrownBy(() -> EarlierRows.reading(earlier, "place", 2))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("--task-key 'place' is not a column of " + earlier)
        .hasMessageContaining("pm25, station, wind");
    assertThatThrownBy(() -> EarlierRows.reading(earlier, "station", 0))
        .hasMessageContaining("--similar must be at least 1 task, found 0");
    Path support = file("support.csv", "sun,wind,pm25", "1,2,3");
    PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
    EarlierRows rows = EarlierRows.reading(earlier, "station", 2);
    assertThatThrownBy(
            () -> FewShotAnswers.reading(support, support, COLUMNS, rows, false, nowhere, nowhere))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("the feature 'sun' is not a column of " + earlier);
  }

  private FewShotTables tables() throws IOException {
    CsvTable support = CsvTable.read(file("support.csv", "sun,wind,pm25", "1,2,3"));
    return new FewShotTables(support, support, COLUMNS);
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.write(directory.resolve(name), List.of(lines));
  }
}
