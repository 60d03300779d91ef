package io.engram.cli.source.csv;

import io.engram.cli.source.SourceException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Where the rows come from. */
final class CsvInput {

  private CsvInput() {}

  /**
   * Opens it. What flows is opened and read by a thread of its own, since whoever writes it may be slow.
   *
   * @throws SourceException if it is not there
   */
  static Lines open(CsvSettings settings, InputStream standardInput) {
    if (settings.standardInput()) {
      return new PumpedLines(() -> lines(standardInput, "the standard input", settings));
    }
    Path file = path(settings);
    return settings.flows() ? new PumpedLines(() -> opened(file, settings)) : open(settings);
  }

  /** Opens a file. */
  static Lines open(CsvSettings settings) {
    Path file = path(settings);
    requireReadable(file);
    return opened(file, settings);
  }

  /**
   * Stops where there is nothing that could be read.
   *
   * @throws SourceException naming it
   */
  static void requireReadable(Path file) {
    if (Files.isDirectory(file) || !Files.isReadable(file)) {
      throw new SourceException(
          "the CSV file %s cannot be read: %s; give one with --file"
              .formatted(
                  file.toAbsolutePath().normalize(),
                  Files.isDirectory(file)
                      ? "it is a directory"
                      : Files.exists(file) ? "this user may not" : "there is no such file"));
    }
  }

  /**
   * Where a file lies.
   *
   * @throws SourceException if this process cannot spell it
   */
  static Path path(CsvSettings settings) {
    try {
      return Path.of(settings.file());
    } catch (InvalidPathException e) {
      throw new SourceException(
          "--file '%s' cannot be spelt in this locale (LC_ALL, LANG); start again with LC_ALL=C.UTF-8, or rename it"
              .formatted(settings.file()),
          e);
    }
  }

  /**
   * Reads the header.
   *
   * @throws SourceException if there is none, or it lacks a column that is named
   */
  static CsvHeader header(Lines lines, CsvSettings settings) {
    Lines.Line line = lines.next();
    if (line == null) {
      throw new SourceException(settings.file() + " is empty; expected a header with column names");
    }
    Lines.Trouble trouble = line.trouble();
    if (trouble != null) {
      throw new SourceException(
          "the header of %s is %s".formatted(settings.file(), trouble.advice()));
    }
    try {
      return CsvHeader.of(
          new CsvFields(lines.delimiter()).of(line.text()), settings.asked(), settings.file());
    } catch (CsvFields.Malformed e) {
      throw new SourceException(
          "the header of %s cannot be read: %s".formatted(settings.file(), e.getMessage()), e);
    }
  }

  private static Lines opened(Path file, CsvSettings settings) {
    try {
      return lines(bytes(file), settings.file(), settings);
    } catch (IOException e) {
      throw new SourceException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** What lies in a file, or comes through a pipe that has a name. */
  static InputStream bytes(Path file) throws IOException {
    // A stream of a channel asks for its place, which a pipe has none of.
    return new FileInputStream(file.toFile());
  }

  private static Lines lines(InputStream bytes, String name, CsvSettings settings) {
    CsvSettings.Reading reading = settings.reading();
    return TableText.open(
        bytes,
        reading.charset(),
        name,
        reading.delimiter(),
        Sought.all(List.of(settings.asked().key(), settings.asked().label())));
  }
}
