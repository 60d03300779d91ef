package io.engram.cli.adapt;

import io.engram.cli.columns.ColumnPlan;
import io.engram.cli.source.SourceException;
import io.engram.cli.source.csv.CsvTable;
import io.engram.client.FewShots;
import io.engram.client.Model;
import io.engram.client.SupportSet;
import io.engram.model.ColumnsNote;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Labeled rows of a file, of UTF-8.
 *
 * @param file CSV with a header
 * @param label the column with the label; null for the one that the version was trained to predict
 * @param ignore columns that are neither label nor feature
 */
public record FewShotSupport(Path file, @Nullable String label, List<String> ignore) {

  public FewShotSupport {
    ignore = List.copyOf(ignore);
  }

  /**
   * The rows as a version takes them, by the columns that it states; where it states none, every feature is a number.
   *
   * @throws SourceException if the file cannot be used, or does not fit the version
   */
  public SupportSet of(Model model) {
    @Nullable ColumnPlan plan =
        ColumnsNote.of(model.manifest()).map(ColumnPlan::published).orElse(null);
    String column = label == null && plan != null ? plan.label().column() : label;
    if (column == null) {
      throw new SourceException(
          "%s does not say which column it predicts; name the label's with --label"
              .formatted(model));
    }
    List<String> named = new ArrayList<>(ignore);
    named.add(column);
    CsvTable rows = CsvTable.read(file, StandardCharsets.UTF_8, named);
    FewShotTables tables = new FewShotTables(rows, rows, new TableColumns(column, ignore, plan));
    tables.requireFeatures(model.toString(), model.network().input().size());
    return FewShots.classifies(model) ? tables.supportLabeled() : tables.supportMeasured();
  }
}
