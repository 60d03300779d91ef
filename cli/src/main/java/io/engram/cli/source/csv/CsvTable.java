package io.engram.cli.source.csv;

import io.engram.cli.columns.Notation;
import io.engram.cli.source.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small CSV with a header, whole in memory.
 *
 * @param file where it was read
 * @param columns names, in order
 * @param rows one each
 */
public record CsvTable(Path file, List<String> columns, List<Row> rows) {

  public CsvTable {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /**
   * One row.
   *
   * @param number of its first line in the file, from 1
   * @param fields as many as there are columns, without the space around them
   */
  public record Row(long number, List<String> fields) {

    public Row {
      fields = List.copyOf(fields);
    }
  }

  /**
   * Reads a file, unpacked if its name ends in {@code .gz}; what stands between two fields is told from the header.
   *
   * @throws SourceException if it cannot be read, has no rows, is not UTF-8, or a row is not as wide as the header
   */
  public static CsvTable read(Path file) {
    List<String> columns = null;
    List<Row> rows = new ArrayList<>();
    try (LogicalLines lines =
        new LogicalLines(
            CsvInput.unpacked(file), new Encoding(StandardCharsets.UTF_8), file.toString(), null)) {
      for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
        if (!line.readable()) {
          throw new SourceException(
              "%s, row %d: its bytes are not UTF-8; save it as UTF-8"
                  .formatted(file, line.number()));
        }
        CsvFields fields = new CsvFields(lines.delimiter());
        if (columns == null) {
          columns = CsvHeader.named(fields.of(CsvFields.withoutMark(line.text())));
        } else {
          rows.add(row(file, line, fields.of(line.text(), columns.size()), columns.size()));
        }
      }
    } catch (IOException e) {
      throw new SourceException("cannot read %s: %s".formatted(file, reason(e)), e);
    } catch (CsvFields.Malformed e) {
      throw new SourceException("%s is no CSV: %s".formatted(file, e.getMessage()), e);
    }
    if (columns == null || rows.isEmpty()) {
      throw new SourceException(
          "%s needs a header with column names and at least one row".formatted(file));
    }
    return new CsvTable(file, columns, rows);
  }

  /** Position of a column, or −1. */
  public int column(String name) {
    return columns.indexOf(name);
  }

  /**
   * The number in a field.
   *
   * @throws SourceException if there is none, naming row and column
   */
  public float number(Row row, int column) {
    String text = row.fields().get(column);
    Float value = parse(text);
    if (value == null || !Float.isFinite(value)) {
      throw new SourceException(
          "%s, row %d, column '%s': found '%s', expected a finite number"
              .formatted(file, row.number(), columns.get(column), text));
    }
    return value;
  }

  private static @Nullable Float parse(String text) {
    String plain = Notation.POINT.plain(text);
    return plain == null ? null : Float.valueOf(plain);
  }

  private static Row row(Path file, Lines.Line line, List<String> fields, int width) {
    if (fields.size() != width) {
      throw new SourceException(
          "%s, row %d: found %d columns, expected %d"
              .formatted(file, line.number(), fields.size(), width));
    }
    return new Row(line.number(), fields);
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.NoSuchFileException ? "there is no such file" : e.toString();
  }
}
