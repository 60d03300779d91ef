package io.engram.cli.adapt;

import io.engram.cli.source.SourceException;
import io.engram.cli.source.csv.CsvTable;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows to adapt on and those to answer, as their files have them.
 *
 * @param support rows with the label
 * @param questions rows to answer
 */
public record FewShotFiles(CsvTable support, CsvTable questions) {

  /**
   * Reads them.
   *
   * @param ignore columns that are no features
   * @param charset of both files, where they do not say themselves
   * @throws SourceException if one cannot be read, or the support rows lack a column that is named
   */
  public static FewShotFiles reading(
      Path support, Path questions, String label, List<String> ignore, Charset charset) {
    List<String> named = new ArrayList<>(ignore);
    named.add(label);
    CsvTable rows = CsvTable.read(support, charset, named);
    FewShotTables.require(rows, label, "--label");
    ignore.forEach(name -> FewShotTables.require(rows, name, "--ignore"));
    return new FewShotFiles(rows, CsvTable.read(questions, charset, rows.columns()));
  }
}
