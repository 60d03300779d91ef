package io.engram.cli.source.csv;

import io.engram.cli.columns.ColumnPlan;
import io.engram.cli.columns.LabelKind;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
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
 * @param flow what can be read once alone
 * @param remarks on the header and the encoding
 * @param earlierRows what earlier starts sent
 */
record CsvOpening(
    CsvHeader header,
    ColumnPlan plan,
    boolean fresh,
    Map<String, String> identity,
    long rows,
    Flow flow,
    List<String> remarks,
    Earlier earlierRows) {

  CsvOpening {
    remarks = List.copyOf(remarks);
  }

  /**
   * What earlier starts sent.
   *
   * @param sent of the table at hand, or null where nothing was
   * @param others whether these rows are others, and are to be sent behind them
   */
  record Earlier(@Nullable SentRows sent, boolean others) {

    /** Where in the sequence the first row of the table at hand stands. */
    long begins(long next) {
      if (others) {
        return next;
      }
      return sent == null ? 0 : Math.min(sent.from(), next);
    }
  }

  /**
   * What can be read once alone.
   *
   * @param input behind the rows looked at; null for a file, which is read again
   * @param lookedAt its rows that were looked at
   */
  record Flow(@Nullable Lines input, Queue<Lines.Line> lookedAt) {}

  static CsvOpening of(
      CsvSettings settings,
      InputStream standardInput,
      @Nullable Path state,
      Consumer<String> progress) {
    Lines lines = CsvInput.open(settings, standardInput);
    new Waiting(lines, 1, progress).header();
    CsvHeader header = CsvInput.header(lines, settings);
    SentRows sent = SentRows.read(state);
    Map<String, String> identity = identity(settings, header, state);
    ColumnPlan earlier = earlier(settings, identity, state);
    Looker looker =
        earlier == null
            ? new Planning(new CsvScan(header, settings, lines.delimiter()), identity)
            : new Recognising(settings, earlier, sent);
    Queue<Lines.Line> lookedAt = new ArrayDeque<>();
    long rows;
    if (settings.flows()) {
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
    ColumnPlan plan = looker.plan();
    List<String> remarks = new ArrayList<>(lines.remarks());
    remarks.addAll(looker.remarks());
    return new CsvOpening(
        header,
        plan,
        earlier == null,
        identity,
        rows,
        new Flow(settings.flows() ? lines : null, lookedAt),
        remarks,
        new Earlier(sent, looker.others()));
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

  private static Map<String, String> identity(
      CsvSettings settings, CsvHeader header, @Nullable Path state) {
    Map<String, String> identity = new TreeMap<>(settings.asked().identity());
    identity.put("source", "csv");
    identity.put("file", settings.identity());
    Path file = state == null ? null : state.resolve(ColumnPlan.FILE);
    if (settings.reading().inputContinues() && file != null && Files.exists(file)) {
      // What goes on may come from elsewhere.
      String before = ColumnPlan.read(file).asked().get("file");
      identity.put("file", before == null ? settings.identity() : before);
    }
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
  sealed interface Looker permits Planning, Recognising {

    void add(Lines.Line line);

    ColumnPlan plan();

    /** What is odd about them; known once there is a plan. */
    default List<String> remarks() {
      return List.of();
    }

    /** Whether they are others than those that were sent, and are to be sent behind them; known once there is a plan. */
    default boolean others() {
      return false;
    }
  }

  /** A first start makes a plan. */
  record Planning(CsvScan scan, Map<String, String> identity) implements Looker {

    @Override
    public void add(Lines.Line line) {
      scan.add(line);
    }

    @Override
    public ColumnPlan plan() {
      return scan.plan(identity);
    }

    @Override
    public List<String> remarks() {
      return scan.remarks();
    }
  }
}
