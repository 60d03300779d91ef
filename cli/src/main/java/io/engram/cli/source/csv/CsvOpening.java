package io.engram.cli.source.csv;

import io.engram.cli.columns.ColumnPlan;
import io.engram.cli.columns.LabelKind;
import io.engram.cli.source.SourceException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a CSV before its first row is sent.
 *
 * @param header which column is what
 * @param plan how rows become numbers
 * @param fresh whether the plan was made just now, not by an earlier start
 * @param identity what the rows' numbers depend on, but for what the data tells
 * @param rows of a file, in all
 * @param input the standard input, behind the rows looked at; null for a file
 * @param lookedAt rows of the standard input that were looked at
 */
record CsvOpening(
    CsvHeader header,
    ColumnPlan plan,
    boolean fresh,
    Map<String, String> identity,
    long rows,
    @Nullable Lines input,
    Queue<Lines.Line> lookedAt) {

  static CsvOpening of(
      CsvSettings settings,
      InputStream standardInput,
      @Nullable Path state,
      Consumer<String> progress) {
    Lines lines = CsvInput.open(settings, standardInput);
    CsvHeader header = CsvInput.header(lines, settings);
    Map<String, String> identity = identity(settings, header);
    ColumnPlan earlier = earlier(settings, identity, state);
    Looker looker =
        earlier == null
            ? new Planning(new CsvScan(header, settings, lines.delimiter()), identity)
            : new Recognising(settings, earlier);
    Queue<Lines.Line> lookedAt = new ArrayDeque<>();
    long rows;
    if (settings.standardInput()) {
      int ahead =
          earlier == null
              ? settings.reading().lookAhead()
              : settings.reading().inputContinues() ? 0 : earlier.beginning().rows();
      new Waiting(lines, ahead, progress).collect(lookedAt);
      lookedAt.forEach(looker::add);
      rows = lookedAt.size();
    } else {
      rows = whole(lines, looker);
    }
    return new CsvOpening(
        header,
        looker.plan(),
        earlier == null,
        identity,
        rows,
        settings.standardInput() ? lines : null,
        lookedAt);
  }

  private static long whole(Lines lines, Looker looker) {
    long rows = 0;
    try (lines) {
      for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
        rows++;
        looker.add(line);
      }
    }
    return rows;
  }

  private static Map<String, String> identity(CsvSettings settings, CsvHeader header) {
    Map<String, String> identity = new TreeMap<>(settings.asked().identity());
    identity.put("source", "csv");
    identity.put(
        "file",
        settings.standardInput()
            ? CsvSettings.STANDARD_INPUT
            : CsvInput.path(settings).toAbsolutePath().normalize().toString());
    identity.put("columns", String.join(",", header.columns()));
    if (!settings.reading().charset().equals(StandardCharsets.UTF_8)) {
      identity.put("charset", settings.reading().charset().name());
    }
    return identity;
  }

  /** The plan of an earlier start for the same columns, or null; one for others is left to be refused with all of its state. */
  private static @Nullable ColumnPlan earlier(
      CsvSettings settings, Map<String, String> identity, @Nullable Path state) {
    Path file = state == null ? null : state.resolve(ColumnPlan.FILE);
    if (file == null || !Files.exists(file)) {
      return null;
    }
    ColumnPlan plan = ColumnPlan.read(file);
    LabelKind kind = plan.regression() ? LabelKind.REGRESSION : LabelKind.CLASSIFICATION;
    LabelKind asked = settings.asked().kind();
    return plan.answers(identity) && (asked == LabelKind.AUTO || asked == kind) ? plan : null;
  }

  /** Who looks at rows before any is sent. */
  private sealed interface Looker {

    void add(Lines.Line line);

    ColumnPlan plan();
  }

  /** A first start makes a plan. */
  private record Planning(CsvScan scan, Map<String, String> identity) implements Looker {

    @Override
    public void add(Lines.Line line) {
      scan.add(line);
    }

    @Override
    public ColumnPlan plan() {
      return scan.plan(identity);
    }
  }

  /** A later start sees that the rows are those of before. */
  private static final class Recognising implements Looker {
    private final CsvSettings settings;
    private final ColumnPlan earlier;
    private final Beginnings beginning;

    Recognising(CsvSettings settings, ColumnPlan earlier) {
      this.settings = settings;
      this.earlier = earlier;
      this.beginning = new Beginnings(earlier.beginning().rows());
    }

    @Override
    public void add(Lines.Line line) {
      beginning.add(line);
    }

    @Override
    public ColumnPlan plan() {
      boolean another = settings.standardInput() && settings.reading().inputContinues();
      if (!another && !beginning.seen().equals(earlier.beginning())) {
        throw new SourceException(
            "%s no longer begins with the %d rows that it began with when this state was started, so it cannot go on behind them; append new rows to the old ones, or start afresh with --state DIR"
                .formatted(
                    settings.standardInput() ? "the standard input" : settings.file(),
                    earlier.beginning().rows()));
      }
      return earlier;
    }
  }
}
