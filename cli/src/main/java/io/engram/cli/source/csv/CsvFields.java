package io.engram.cli.source.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Cuts one row into its fields, without the space around them. */
final class CsvFields {

  private final CsvReader.CsvReaderBuilder reader;
  private final char delimiter;

  CsvFields(char delimiter) {
    this.delimiter = delimiter;
    this.reader =
        CsvReader.builder().fieldSeparator(delimiter).trimWhitespacesAroundQuotes(delimiter > ' ');
  }

  /** A row that cannot be cut. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message, Throwable cause) {
      super(message, cause);
    }

    Malformed(String message) {
      super(message);
    }
  }

  List<String> of(String row) throws Malformed {
    if (row.isBlank()) {
      return List.of("");
    }
    int open = Quotes.of(row, delimiter).open();
    if (open > 0) {
      throw new Malformed(
          "field %d begins with a double quote that nothing closes; close it, or double it where it belongs to the text"
              .formatted(open));
    }
    try (CsvReader<CsvRecord> records = reader.ofCsvRecord(row)) {
      return records.iterator().next().getFields().stream().map(String::strip).toList();
    } catch (CsvParseException | IOException e) {
      throw new Malformed(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Those of a row below a header. Empty ones more, from delimiters at the end, are passed over; where the header ends with delimiters of
   * its own, a row may do without.
   */
  List<String> of(String row, List<String> header) throws Malformed {
    List<String> fields = of(row);
    int width = header.size();
    if (fields.size() > width) {
      boolean empty = fields.subList(width, fields.size()).stream().allMatch(String::isEmpty);
      return empty ? fields.subList(0, width) : fields;
    }
    if (fields.size() < width && fields.size() >= width - CsvHeader.namelessAtEnd(header)) {
      List<String> filled = new ArrayList<>(fields);
      filled.addAll(Collections.nCopies(width - fields.size(), ""));
      return filled;
    }
    return fields;
  }
}
