package io.engram.cli.taste;

import io.engram.cli.columns.LabelKind;
import io.engram.cli.config.InvalidSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * What somebody wants to know about a table.
 *
 * @param file CSV with a header; a name that ends in {@code .gz} is unpacked
 * @param key column that says what belongs together
 * @param label column to be predicted
 * @param columns what else is said of columns
 * @param limits where it ends
 */
public record Wanted(Path file, String key, String label, Columns columns, Limits limits) {

  /**
   * Checks what is wanted.
   *
   * @throws InvalidSettings if key and label are one column
   */
  public Wanted {
    if (key.equals(label)) {
      throw new InvalidSettings(
          "--key and --label both name '%s'; the label is what is to be predicted, the key what belongs together"
              .formatted(key));
    }
  }

  /**
   * What else is said of columns, in the words of 'engram run'.
   *
   * @param ignore columns to leave out
   * @param choices what single columns are, such as {@code code=text}
   * @param kind what the label column holds
   * @param missing what becomes of missing features; empty for the default
   */
  public record Columns(List<String> ignore, List<String> choices, LabelKind kind, String missing) {

    public Columns {
      ignore = List.copyOf(ignore);
      choices = List.copyOf(choices);
    }
  }

  /**
   * How much of the table, and for how long.
   *
   * @param rows to read at most
   * @param seconds that it may take, about
   */
  public record Limits(int rows, int seconds) {

    public Limits {
      require("--rows", rows);
      require("--seconds", seconds);
    }

    private static void require(String option, int value) {
      if (value < 1) {
        throw new InvalidSettings("%s: found %d, expected at least 1".formatted(option, value));
      }
    }
  }
}
