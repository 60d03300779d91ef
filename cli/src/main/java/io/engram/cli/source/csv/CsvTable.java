package io.engram.cli.source.csv;

import io.engram.cli.columns.Notation;
import io.engram.cli.source.SourceException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
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
   * Reads a file of UTF-8.
   *
   * @throws SourceException as {@link #read(Path, Charset, List)}
   */
  public static CsvTable read(Path file) {
    return read(file, StandardCharsets.UTF_8, List.of());
  }

  /**
   * Reads a file, unpacked if it is packed; what stands between two fields is told from the header.
   *
   * @param charset of the file, where it does not say itself
   * @param names of columns, of which the header has some
   * @throws SourceException if it cannot be read, has no rows, is in another encoding, or a row is not as wide as the header
   */
  public static CsvTable read(Path file, Charset charset, List<String> names) {
    if (Files.notExists(file)) {
      throw new SourceException("cannot read %s: there is no such file".formatted(file));
    }
    List<String> columns = null;
    List<Row> rows = new ArrayList<>();
    try (Lines lines =
        TableText.open(CsvInput.bytes(file), charset, file.toString(), null, Sought.some(names))) {
      for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
        Lines.Trouble trouble = line.trouble();
        if (trouble != null) {
          throw new SourceException(
              "%s, row %d is %s".formatted(file, line.number(), trouble.advice()));
        }
        CsvFields fields = new CsvFields(lines.delimiter());
        if (columns == null) {
          columns = CsvHeader.named(fields.of(line.text()));
        } else {
          rows.add(row(file, line, fields.of(line.text(), columns), columns.size()));
        }
      }
    } catch (IOException e) {
      throw new SourceException("cannot read %s: %s".formatted(file, reason(e)), e);
    } catch (CsvFields.Malformed e) {
      throw new SourceException("%s is no CSV: %s".formatted(file, e.getMessage()), e);
    }
    if (columns != null && new HashSet<>(columns).size() < columns.size()) {
      throw new SourceException(
          "the header of %s names a column twice: %s".formatted(file, String.join(", ", columns)));
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
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
