package io.engram.cli.adapt;

import io.engram.cli.source.SourceException;
import io.engram.cli.source.csv.CsvTable;
import io.engram.client.SimilarTasks;
import io.engram.client.SupportMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Labeled rows of earlier tasks, of which the tasks most like the one at hand join its support rows. */
public final class EarlierRows {

  private final CsvTable table;
  private final String key;
  private final int count;

  private EarlierRows(CsvTable table, String key, int count) {
    this.table = table;
    this.key = key;
    this.count = count;
  }

  /**
   * Reads the file.
   *
   * @param key the column whose values tell the tasks apart
   * @param count tasks that join
   * @throws SourceException if it cannot be used
   */
  public static EarlierRows reading(Path file, String key, int count) {
    CsvTable table = CsvTable.read(file);
    FewShotTables.require(table, key, "--task-key");
    if (count < 1) {
      throw new SourceException("--similar must be at least 1 task, found " + count);
    }
    return new EarlierRows(table, key, count);
  }

  /** The columns they have. */
  CsvTable table() {
    return table;
  }

  /**
   * The most similar of the tasks.
   *
   * @param numbers whether the label column holds numbers to predict, not classes
   */
  SimilarTasks similar(FewShotTables tables, boolean numbers) {
    int column = table.column(key);
    Map<String, List<CsvTable.Row>> tasks = new LinkedHashMap<>();
    for (CsvTable.Row row : table.rows()) {
      tasks.computeIfAbsent(row.fields().get(column), name -> new ArrayList<>()).add(row);
    }
    SupportMemory memory = SupportMemory.ofAtMost(Math.max(1, tasks.size()));
    tasks.forEach(
        (name, rows) ->
            memory.remember(
                name, numbers ? tables.measured(table, rows) : tables.labeled(table, rows)));
    return memory.nearest(count);
  }
}
