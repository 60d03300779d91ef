package io.engram.cli.columns;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.engram.cli.source.SourceException;
import io.engram.model.ColumnsNote;
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

  /** Among what was asked: what stands for a missing value, where that is not the usual. */
  static final String MARKS = "missing-marks";

  static final String BETWEEN = "\n";

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
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new SourceException("cannot read %s: %s".formatted(file, e), e);
    }
  }

  private static ColumnPlan parse(String text, String where) {
    try {
      ColumnPlan plan = JSON.readValue(text, ColumnPlan.class);
      if (plan.format != FORMAT) {
        throw new SourceException(
            "%s has format %d, this program knows %d; use the program that wrote it"
                .formatted(where, plan.format, FORMAT));
      }
      return plan;
    } catch (JsonProcessingException e) {
      throw new SourceException(
          "%s is no plan of columns (%s); restore it from a backup, or start afresh with --state DIR"
              .formatted(where, e.getOriginalMessage()),
          e);
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

  /** As it travels with a version: without where the table lay; empty where it would be longer than it may. */
  public String published() {
    ColumnPlan bare =
        new ColumnPlan(
            format, bareAsked(), delimiter, missing, key, label, columns, new Beginning(0, ""));
    try {
      String text = JSON.writeValueAsString(bare);
      return text.length() <= ColumnsNote.LONGEST ? text : "";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a plan of columns could not be written", e);
    }
  }

  private Map<String, String> bareAsked() {
    String marks = asked.get(MARKS);
    return marks == null ? Map.of() : Map.of(MARKS, marks);
  }

  /** What stands for a missing value. */
  @JsonIgnore
  public Marks marks() {
    String words = asked.get(MARKS);
    return words == null ? Marks.USUAL : Marks.of(List.of(words.split(BETWEEN)));
  }

  /**
   * Reads one that travelled with a version.
   *
   * @throws SourceException if it cannot be read or is of a newer program
   */
  public static ColumnPlan published(String text) {
    return parse(text, "the plan of columns of the version");
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
