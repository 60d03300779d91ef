package io.engram.cli.source.csv;

import io.engram.cli.columns.ColumnPlan;
import io.engram.cli.columns.LabelPlan;
import io.engram.cli.source.Cursor;
import io.engram.cli.source.ExampleSource;
import io.engram.cli.source.SourceException;
import io.engram.cli.source.SourceRecord;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV with a header. A file is read twice: a first time to count rows and classes and to plan its columns. Of the standard
 * input only the first rows are looked at before it starts. A later start takes the plan of the first.
 */
public final class CsvSource implements ExampleSource {

  private final CsvSettings settings;
  private final CsvOpening opening;
  private final @Nullable Path state;
  private final Queue<String> remarks = new ConcurrentLinkedQueue<>();

  private CsvSource(CsvSettings settings, CsvOpening opening, @Nullable Path state) {
    this.settings = settings;
    this.opening = opening;
    this.state = state;
    if (opening.fresh()) {
      remarks.addAll(opening.plan().words());
      remarks.add(
          "to take a column for something else: --column NAME=text|words|number|date|yes-no|ignore; the label: --classification, --regression");
    }
    remarks.addAll(opening.remarks());
  }

  /**
   * Takes a first look.
   *
   * @param standardInput read where the file is {@code -}
   * @param state where an earlier start may have left its plan, or null
   * @param progress told of what takes long
   * @throws SourceException if it cannot be read, lacks a column that is named, cannot be learned from, or no longer begins with the rows
   *     that it began with
   */
  public static CsvSource open(
      CsvSettings settings,
      InputStream standardInput,
      @Nullable Path state,
      Consumer<String> progress) {
    return new CsvSource(settings, CsvOpening.of(settings, standardInput, state, progress), state);
  }

  /** What its columns were taken for. */
  public ColumnPlan plan() {
    return opening.plan();
  }

  /** Number of features of every example. */
  public int features() {
    return plan().width();
  }

  /** Classes that were known when it was planned; 0 for regression. */
  public int classes() {
    return plan().label() instanceof LabelPlan.Classes classes ? classes.values().size() : 0;
  }

  @Override
  public OptionalLong size() {
    return settings.flows() || opening.earlierRows().others()
        ? OptionalLong.empty()
        : OptionalLong.of(opening.rows());
  }

  @Override
  public boolean finite() {
    return true;
  }

  @Override
  public Map<String, String> identity() {
    Map<String, String> identity = new TreeMap<>(opening.identity());
    identity.put("kind", plan().regression() ? "REGRESSION" : "CLASSIFICATION");
    return identity;
  }

  @Override
  public String description() {
    return "%s, %d features, %s by '%s'"
        .formatted(
            settings.standardInput() ? "standard input" : settings.file(),
            features(),
            plan().regression()
                ? "regression of '" + settings.asked().label() + "'"
                : "%d classes of '%s'".formatted(classes(), settings.asked().label()),
            settings.asked().key());
  }

  @Override
  public void remember(Path directory) {
    if (opening.fresh()) {
      plan().write(directory.resolve(ColumnPlan.FILE));
    }
  }

  @Override
  public @Nullable String remark() {
    return remarks.poll();
  }

  @Override
  public Cursor open(long first) {
    Lines flow = opening.flow().input();
    if (flow != null) {
      return new RowCursor(
          flow, opening.flow().lookedAt(), first, settings.reading().inputContinues() ? 0 : first);
    }
    Lines lines = CsvInput.open(settings);
    lines.next(); // the header
    return new RowCursor(
        lines, new ArrayDeque<>(), first, first - opening.earlierRows().begins(first));
  }

  private final class RowCursor implements Cursor {
    private final Lines lines;
    private final Queue<Lines.Line> before;
    private final RowReader reader;
    private final SentRows.Sum sum = new SentRows.Sum();
    private final long from;
    private final boolean compared;
    private final boolean ready;
    private long index;
    private boolean ended;

    RowCursor(Lines lines, Queue<Lines.Line> before, long first, long skip) {
      this.lines = lines;
      this.before = before;
      this.index = first - skip;
      this.from = first - skip;
      // Of a pipe that goes on, nobody has all rows to compare.
      this.compared = opening.flow().input() == null || from == 0;
      this.reader = new RowReader(opening.header(), settings.file(), plan(), this::say);
      for (long i = 0; i < skip && next() != null; i++) {
        // Reading what was sent before brings the running means to where they were.
        sum.require(opening.earlierRows().sent(), settings.words());
      }
      sum.requireAtLeast(skip, settings.words());
      if (opening.earlierRows().others()) {
        committed(); // that others begin here
      }
      this.ready = true;
    }

    @Override
    public @Nullable SourceRecord next() {
      Lines.Line line = before.isEmpty() ? lines.next() : before.remove();
      if (line == null) {
        end();
        return null;
      }
      sum.add(line);
      return reader.read(index++, line);
    }

    @Override
    public void committed() {
      if (state != null && compared) {
        sum.from(from).write(state);
      }
    }

    /** What was said before is not said again. */
    private void say(String remark) {
      if (ready) {
        remarks.add(remark);
      }
    }

    private void end() {
      if (!ended) {
        ended = true;
        remarks.addAll(reader.rejections());
      }
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
}
