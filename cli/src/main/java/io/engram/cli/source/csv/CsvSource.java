package io.engram.cli.source.csv;

import io.engram.cli.source.Cursor;
import io.engram.cli.source.ExampleSource;
import io.engram.cli.source.SourceException;
import io.engram.cli.source.SourceRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV with a header. A file is read twice: a first time to count rows and classes and to see that the columns hold
 * numbers. Of the standard input only the first rows are looked at before it starts.
 */
public final class CsvSource implements ExampleSource {

  private final CsvSettings settings;
  private final CsvHeader header;
  private final CsvScan scan;
  private final @Nullable Lines input;
  private final Queue<Lines.Line> lookedAt;

  private CsvSource(
      CsvSettings settings,
      CsvHeader header,
      CsvScan scan,
      @Nullable Lines input,
      Queue<Lines.Line> lookedAt) {
    this.settings = settings;
    this.header = header;
    this.scan = scan;
    this.input = input;
    this.lookedAt = lookedAt;
  }

  /**
   * Takes a first look.
   *
   * @param standardInput read where the file is {@code -}
   * @throws SourceException if it cannot be read, lacks a column that is named, or holds text where numbers are expected
   */
  public static CsvSource open(CsvSettings settings, InputStream standardInput) {
    Lines lines =
        settings.standardInput()
            ? new PumpedLines(lines(standardInput, "the standard input"))
            : lines(settings);
    CsvHeader header = header(lines, settings);
    CsvScan scan = new CsvScan(header, settings);
    if (settings.standardInput()) {
      Queue<Lines.Line> lookedAt = new ArrayDeque<>();
      Lines.Line line = lines.next();
      while (line != null) {
        scan.add(line);
        lookedAt.add(line);
        line = lookedAt.size() < settings.lookAhead() ? lines.next() : null;
      }
      scan.check();
      return new CsvSource(settings, header, scan, lines, lookedAt);
    }
    try (lines) {
      for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
        scan.add(line);
      }
    }
    scan.check();
    return new CsvSource(settings, header, scan, null, new ArrayDeque<>());
  }

  /** Number of features of every example. */
  public int features() {
    return header.features().size();
  }

  /** Number of classes seen in the first look; 0 for regression. */
  public int classes() {
    return settings.kind() == CsvSettings.Kind.REGRESSION ? 0 : scan.classes();
  }

  @Override
  public OptionalLong size() {
    return settings.standardInput() ? OptionalLong.empty() : OptionalLong.of(scan.rows());
  }

  @Override
  public boolean finite() {
    return true;
  }

  @Override
  public Map<String, String> identity() {
    return new TreeMap<>(
        Map.of(
            "source", "csv",
            "file",
                settings.standardInput()
                    ? CsvSettings.STANDARD_INPUT
                    : Path.of(settings.file()).toAbsolutePath().normalize().toString(),
            "columns", String.join(",", header.columns()),
            "key", settings.columns().key(),
            "label", settings.columns().label(),
            "ignore", String.join(",", settings.columns().ignore()),
            "kind", settings.kind().name(),
            "missing", settings.missing().name()));
  }

  @Override
  public String description() {
    return "%s, %d features, %s by '%s'"
        .formatted(
            settings.standardInput() ? "standard input" : settings.file(),
            features(),
            settings.kind() == CsvSettings.Kind.REGRESSION
                ? "regression of '" + settings.columns().label() + "'"
                : "%d classes of '%s'".formatted(classes(), settings.columns().label()),
            settings.columns().key());
  }

  @Override
  public Cursor open(long first) {
    if (input != null) {
      return new RowCursor(input, lookedAt, first, settings.inputContinues() ? 0 : first);
    }
    Lines lines = lines(settings);
    lines.next(); // the header
    return new RowCursor(lines, new ArrayDeque<>(), first, first);
  }

  private final class RowCursor implements Cursor {
    private final Lines lines;
    private final Queue<Lines.Line> before;
    private final RowReader reader = new RowReader(header, settings);
    private long index;

    RowCursor(Lines lines, Queue<Lines.Line> before, long first, long skip) {
      this.lines = lines;
      this.before = before;
      this.index = first - skip;
      for (long i = 0; i < skip && next() != null; i++) {
        // Reading what was sent before brings the running means to where they were.
      }
    }

    @Override
    public @Nullable SourceRecord next() {
      Lines.Line line = before.isEmpty() ? lines.next() : before.remove();
      return line == null ? null : reader.read(index++, line);
    }

    @Override
    public boolean ready() {
      return !before.isEmpty() || lines.ready();
    }

    @Override
    public void close() {
      lines.close();
    }
  }

  private static CsvHeader header(Lines lines, CsvSettings settings) {
    Lines.Line line = lines.next();
    if (line == null) {
      throw new SourceException(settings.file() + " is empty; expected a header with column names");
    }
    String text = line.text().startsWith("\uFEFF") ? line.text().substring(1) : line.text();
    try {
      return CsvHeader.of(new CsvFields(settings.delimiter()).of(text), settings);
    } catch (CsvFields.Malformed e) {
      throw new SourceException(
          "the header of %s cannot be read: %s".formatted(settings.file(), e.getMessage()), e);
    }
  }

  private static Lines lines(CsvSettings settings) {
    Path file = Path.of(settings.file());
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new SourceException(
          "the CSV file %s cannot be read; give one with --file"
              .formatted(file.toAbsolutePath().normalize()));
    }
    try {
      InputStream bytes = Files.newInputStream(file);
      return lines(
          settings.file().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes,
          settings.file());
    } catch (IOException e) {
      throw new SourceException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Lines lines(InputStream bytes, String name) {
    return new LogicalLines(
        new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), 1 << 16), name);
  }
}
