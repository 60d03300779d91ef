package io.engram.cli.columns;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.engram.cli.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the rows of a table become numbers: made from the first part of it, then written down and kept, so that a later start, a client and
 * the learner mean the same by the same number. Immutable.
 *
 * @param format of this record; 1
 * @param asked what it was made for, by name: whoever asks otherwise needs a plan of their own
 * @param delimiter between two fields
 * @param missing what becomes of a missing cell
 * @param key column with the task key
 * @param label what is predicted
 * @param columns all the others, in the order of the header
 * @param beginning of the table that it was made from
 */
public record ColumnPlan(
    int format,
    Map<String, String> asked,
    String delimiter,
    Missing missing,
    String key,
    LabelPlan label,
    List<PlannedColumn> columns,
    Beginning beginning) {

  /** Its name in a state directory. */
  public static final String FILE = "columns.json";

  static final int FORMAT = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  public ColumnPlan {
    asked = Map.copyOf(asked);
    columns = List.copyOf(columns);
  }

  /**
   * The first rows of a table, to be known again.
   *
   * @param rows how many
   * @param digest of them, 8 hexadecimal digits
   */
  public record Beginning(int rows, String digest) {}

  /**
   * Reads one that was written.
   *
   * @throws SourceException if it cannot be read or is of a newer program
   */
  public static ColumnPlan read(Path file) {
    try {
      ColumnPlan plan = JSON.readValue(Files.readString(file), ColumnPlan.class);
      if (plan.format != FORMAT) {
        throw new SourceException(
            "%s has format %d, this program knows %d; use the program that wrote it"
                .formatted(file, plan.format, FORMAT));
      }
      return plan;
    } catch (JsonProcessingException e) {
      throw new SourceException(
          "%s is no plan of columns (%s); restore it from a backup, or start afresh with --state DIR"
              .formatted(file, e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new SourceException("cannot read %s: %s".formatted(file, e), e);
    }
  }

  /**
   * Writes it, whole or not at all.
   *
   * @throws SourceException if it cannot be written
   */
  public void write(Path file) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(
          fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new SourceException("cannot write %s: %s".formatted(file, e), e);
    }
  }

  /** Names of the columns that are features. */
  @JsonIgnore
  public List<String> features() {
    return columns.stream().filter(PlannedColumn::feature).map(PlannedColumn::name).toList();
  }

  /** How many numbers a row becomes. */
  @JsonIgnore
  public int width() {
    return columns.stream().mapToInt(PlannedColumn::width).sum();
  }

  /** Names of the numbers that a row becomes. */
  @JsonIgnore
  public List<String> names() {
    List<String> names = new ArrayList<>();
    columns.forEach(column -> names.addAll(column.names()));
    return names;
  }

  /** What each column was taken for, a line each, the label last. */
  @JsonIgnore
  public List<String> words() {
    List<String> lines = new ArrayList<>();
    columns.forEach(column -> lines.add(column.words()));
    lines.add(label.words());
    return lines;
  }

  /** Whether numbers are predicted, not classes. */
  @JsonIgnore
  public boolean regression() {
    return label instanceof LabelPlan.Numbers;
  }

  /** Whether it was made for the same columns, and the same said of them. */
  public boolean answers(Map<String, String> other) {
    return asked.equals(new TreeMap<>(other));
  }
}
