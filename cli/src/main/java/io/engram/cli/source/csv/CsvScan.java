package io.engram.cli.source.csv;

import io.engram.cli.columns.ColumnPlan;
import io.engram.cli.columns.FirstLook;
import io.engram.cli.source.SourceException;
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
      unreadable = unreadable == null ? new Line(line.number(), Encoding.advice(line)) : unreadable;
      return;
    }
    try {
      List<String> row = fields.of(line.text(), header.columns().size());
      if (row.size() == header.columns().size()) {
        look.add(row);
      }
    } catch (CsvFields.Malformed e) {
      // The real pass rejects it, with the reason.
    }
  }

  long rows() {
    return rows;
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
          "%,d of the %,d rows of %s are in another encoding; row %d is %s"
              .formatted(
                  unreadables, rows, settings.file(), unreadable.number(), unreadable.advice()));
    }
    return look.plan(identity, beginning.seen());
  }
}
