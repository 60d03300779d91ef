package io.engram.cli.source.csv;

import io.engram.cli.columns.Asked;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV is read.
 *
 * @param file path, or {@code -} for the standard input
 * @param asked what is said of its columns
 * @param reading how bytes become rows
 */
public record CsvSettings(String file, Asked asked, Reading reading) {

  /** The file that stands for the standard input. */
  public static final String STANDARD_INPUT = "-";

  public CsvSettings {
    require("file", file, "--file FILE, or --file - for the standard input");
    require("key", asked.key(), "--key COLUMN: which column says what belongs together");
    require("label", asked.label(), "--label COLUMN: which column is to be predicted");
  }

  /**
   * How bytes become rows.
   *
   * @param delimiter between two fields, or null to tell it from the header
   * @param charset of the bytes
   * @param lookAhead rows of the standard input that are looked at before it starts
   * @param inputContinues whether the standard input of a later start goes on where the earlier one stopped (a live pipe), instead of
   *     beginning again with its first row
   */
  public record Reading(
      @Nullable Character delimiter, Charset charset, int lookAhead, boolean inputContinues) {

    public Reading {
      if (lookAhead < 1) {
        throw new IllegalArgumentException("look-ahead must be at least 1, found " + lookAhead);
      }
    }

    /** UTF-8, the delimiter as the header has it. */
    public static Reading of(int lookAhead) {
      return new Reading(null, StandardCharsets.UTF_8, lookAhead, false);
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

  /** Whether it can be read once alone: the standard input, or what a shell makes of {@code <(…)}. */
  boolean flows() {
    if (standardInput()) {
      return true;
    }
    Path path = CsvInput.path(this);
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  /** In words. */
  String words() {
    return standardInput() ? "the standard input" : file;
  }

  /** A name for what is read; what a shell opens for a command has another each time. */
  String identity() {
    if (standardInput()) {
      return STANDARD_INPUT;
    }
    Path path = CsvInput.path(this).toAbsolutePath().normalize();
    boolean ofShell = path.startsWith("/dev/fd") || path.startsWith("/proc");
    return ofShell && flows() ? STANDARD_INPUT : path.toString();
  }
}
