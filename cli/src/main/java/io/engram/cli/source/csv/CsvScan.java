package io.engram.cli.source.csv;

import io.engram.cli.columns.ColumnPlan;
import io.engram.cli.columns.FirstLook;
import io.engram.cli.source.SourceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A first look at the rows, from which the columns are planned. */
final class CsvScan {

  /** The share of rows in another encoding from which on the start is stopped. */
  private static final double TOO_MANY = 0.1;

  private final CsvHeader header;
  private final CsvSettings settings;
  private final CsvFields fields;
  private final FirstLook look;
  private final Beginnings beginning = new Beginnings(Beginnings.MOST);
  private @Nullable Line unreadable;
  private long unreadables;
  private final Map<Integer, Long> otherWidths = new HashMap<>();
  private long rows;

  /** The first row that is not readable. */
  private record Line(long number, String advice) {}

  CsvScan(CsvHeader header, CsvSettings settings, char delimiter) {
    this.header = header;
    this.settings = settings;
    this.fields = new CsvFields(delimiter);
    this.look =
        new FirstLook(
            settings.file(), header.columns(), settings.asked(), String.valueOf(delimiter));
  }

  void add(Lines.Line line) {
    rows++;
    beginning.add(line);
    if (!line.readable()) {
      unreadables++;
      unreadable = unreadable == null ? new Line(line.number(), advice(line)) : unreadable;
      return;
    }
    try {
      List<String> row = fields.of(line.text(), header.columns());
      if (row.size() == header.columns().size()) {
        look.add(row);
      } else {
        otherWidths.merge(row.size(), 1L, Long::sum);
      }
    } catch (CsvFields.Malformed e) {
      // The real pass rejects it, with the reason.
    }
  }

  long rows() {
    return rows;
  }

  private static String advice(Lines.Line line) {
    Lines.Trouble trouble = line.trouble();
    return trouble == null ? "" : trouble.advice();
  }

  private void requireWidth() {
    long others = otherWidths.values().stream().mapToLong(it -> it).sum();
    if (others * 2 > rows) {
      int commonest =
          otherWidths.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
      throw new SourceException(
          "%,d of the %,d rows of %s have %d fields, the header names %d columns: %s; name every column, the first too, or say what stands between two fields with --set source.csv.delimiter=…"
              .formatted(
                  others,
                  rows,
                  settings.file(),
                  commonest,
                  header.columns().size(),
                  String.join(", ", header.columns())));
    }
  }

  /** What is odd about them; known once there is a plan. */
  List<String> remarks() {
    return look.remarks();
  }

  /**
   * The plan for these rows.
   *
   * @throws SourceException if they cannot be learned from
   */
  ColumnPlan plan(Map<String, String> identity) {
    if (rows == 0) {
      throw new SourceException(settings.file() + " has a header but no rows");
    }
    if (unreadable != null && unreadables > TOO_MANY * rows) {
      throw new SourceException(
          "%,d of the %,d rows of %s cannot be read; row %d is %s"
              .formatted(
                  unreadables, rows, settings.file(), unreadable.number(), unreadable.advice()));
    }
    requireWidth();
    return look.plan(identity, beginning.seen());
  }
}
