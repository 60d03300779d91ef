package io.engram.cli.source.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.List;

/** Cuts one row into its fields, without the space around them. */
final class CsvFields {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

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

  /** Those of a row that is to have so many: empty ones more, from delimiters at the end, are passed over. */
  List<String> of(String row, int width) throws Malformed {
    List<String> fields = of(row);
    boolean longer = fields.size() > width;
    return longer && fields.subList(width, fields.size()).stream().allMatch(String::isEmpty)
        ? fields.subList(0, width)
        : fields;
  }

  static String withoutMark(String header) {
    return header.startsWith(BYTE_ORDER_MARK) ? header.substring(1) : header;
  }
}
