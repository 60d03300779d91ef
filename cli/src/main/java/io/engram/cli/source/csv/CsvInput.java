package io.engram.cli.source.csv;

import io.engram.cli.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Where the rows come from. */
final class CsvInput {

  private CsvInput() {}

  /**
   * Opens it.
   *
   * @throws SourceException if it is not there
   */
  static Lines open(CsvSettings settings, InputStream standardInput) {
    return settings.standardInput()
        ? new PumpedLines(lines(standardInput, "the standard input", settings))
        : open(settings);
  }

  /** Opens a file. */
  static Lines open(CsvSettings settings) {
    Path file = path(settings);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new SourceException(
          "the CSV file %s cannot be read; give one with --file"
              .formatted(file.toAbsolutePath().normalize()));
    }
    try {
      return lines(unpacked(file), settings.file(), settings);
    } catch (IOException e) {
      throw new SourceException("cannot read %s: %s".formatted(file, e.getMessage()), e);
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

  /** The bytes of a file, unpacked if its name ends in {@code .gz}. */
  static InputStream unpacked(Path file) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
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
    if (!line.readable()) {
      throw new SourceException(
          "the header of %s is %s".formatted(settings.file(), Encoding.advice(line)));
    }
    try {
      return CsvHeader.of(
          new CsvFields(lines.delimiter()).of(CsvFields.withoutMark(line.text())),
          settings.asked(),
          settings.file());
    } catch (CsvFields.Malformed e) {
      throw new SourceException(
          "the header of %s cannot be read: %s".formatted(settings.file(), e.getMessage()), e);
    }
  }

  private static Lines lines(InputStream bytes, String name, CsvSettings settings) {
    CsvSettings.Reading reading = settings.reading();
    return new LogicalLines(bytes, new Encoding(reading.charset()), name, reading.delimiter());
  }
}
