package io.engram.cli.taste;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.engram.cli.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** What the columns of a table look like, by its first rows. What is wrong with single rows is found by who reads them for good. */
final class FirstLook {

  private static final String MARK = "\uFEFF";

  private final Map<String, ColumnLook> columns;

  private FirstLook(Map<String, ColumnLook> columns) {
    this.columns = columns;
  }

  /**
   * Looks at the first rows.
   *
   * @throws SourceException if there is no such file, or it cannot be read
   */
  static FirstLook at(Path file, char delimiter, int rows) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new SourceException(
          "the table %s cannot be read: %s; name a CSV file with a header"
              .formatted(
                  file.toAbsolutePath().normalize(),
                  Files.exists(file) ? "it is no file, or not readable" : "there is none"));
    }
    Map<String, ColumnLook> columns = new LinkedHashMap<>();
    try (Reader reader = reader(file);
        CsvReader<CsvRecord> records =
            CsvReader.builder()
                .fieldSeparator(delimiter)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(reader)) {
      look(records.iterator(), rows, columns);
    } catch (CsvParseException e) {
      return new FirstLook(columns); // what came before it is known
    } catch (IOException e) {
      throw new SourceException("cannot read %s: %s".formatted(file, e), e);
    }
    return new FirstLook(columns);
  }

  private static Reader reader(Path file) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    return new InputStreamReader(
        file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes,
        StandardCharsets.UTF_8);
  }

  private static void look(Iterator<CsvRecord> records, int rows, Map<String, ColumnLook> columns) {
    if (!records.hasNext()) {
      return;
    }
    for (String name : records.next().getFields()) {
      columns.put((name.startsWith(MARK) ? name.substring(1) : name).strip(), new ColumnLook());
    }
    List<ColumnLook> looks = List.copyOf(columns.values());
    for (int i = 0; i < rows && records.hasNext(); i++) {
      List<String> cells = records.next().getFields();
      if (cells.size() == looks.size()) {
        for (int j = 0; j < looks.size(); j++) {
          looks.get(j).add(cells.get(j).strip());
        }
      }
    }
  }

  /** By name, in the order of the header. */
  Map<String, ColumnLook> columns() {
    return columns;
  }

  /** A column's look; of one that there is not, nothing. */
  ColumnLook of(String column) {
    return columns.getOrDefault(column, new ColumnLook());
  }
}
