package io.engram.cli.source.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Cuts one row into its fields, without the space around them. */
final class CsvFields {

  private static final Set<String> MISSING = Set.of("", "?", "NA");

  private final CsvReader.CsvReaderBuilder reader;

  CsvFields(char delimiter) {
    this.reader = CsvReader.builder().fieldSeparator(delimiter);
  }

  /** A row that cannot be cut. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  List<String> of(String row) throws Malformed {
    try (CsvReader<CsvRecord> records = reader.ofCsvRecord(row)) {
      return records.iterator().next().getFields().stream().map(String::strip).toList();
    } catch (CsvParseException | IOException e) {
      throw new Malformed(String.valueOf(e.getMessage()), e);
    }
  }

  static boolean missing(String field) {
    return MISSING.contains(field);
  }
}
