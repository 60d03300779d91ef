package io.engram.cli.source.csv;

import java.util.List;

/**
 * How a CSV is read.
 *
 * @param file path, or {@code -} for the standard input; a name that ends in {@code .gz} is unpacked
 * @param columns which column is what
 * @param kind what the label column holds
 * @param missing what becomes of rows with missing features
 * @param delimiter between two fields
 * @param lookAhead rows of the standard input that are looked at before it starts, to find the classes
 * @param inputContinues whether the standard input of a later start goes on where the earlier one stopped (a live pipe), instead of
 *     beginning again with its first row
 */
public record CsvSettings(
    String file,
    Columns columns,
    Kind kind,
    Missing missing,
    char delimiter,
    int lookAhead,
    boolean inputContinues) {

  /** The file that stands for the standard input. */
  public static final String STANDARD_INPUT = "-";

  public CsvSettings {
    if (lookAhead < 1) {
      throw new IllegalArgumentException("look-ahead must be at least 1, found " + lookAhead);
    }
    require("file", file, "--file FILE, or --file - for the standard input");
    require("key", columns.key, "--key COLUMN: which column says what belongs together");
    require("label", columns.label, "--label COLUMN: which column is to be predicted");
  }

  /**
   * Names of columns; all others hold features.
   *
   * @param key holds the task key
   * @param label is to be predicted
   * @param ignore are neither key, label nor feature
   */
  public record Columns(String key, String label, List<String> ignore) {

    public Columns {
      ignore = List.copyOf(ignore);
    }
  }

  private static void require(String name, String value, String how) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(
          "%s is empty; the csv source needs %s".formatted(name, how));
    }
  }

  boolean standardInput() {
    return file.equals(STANDARD_INPUT);
  }

  /** What the label column holds. */
  public enum Kind {
    /** Names of classes. */
    CLASSIFICATION,
    /** Numbers. */
    REGRESSION
  }

  /** What becomes of a row in which a feature is missing (empty, {@code ?} or {@code NA}). */
  public enum Missing {
    /** It is rejected. */
    REJECT,
    /** The feature gets the mean of its column over the rows before. */
    MEAN
  }
}
