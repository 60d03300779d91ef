package io.engram.cli.taste;

import io.engram.core.learning.TableSettings;
import java.util.List;

/**
 * The part of a table that was read, whole in memory.
 *
 * @param columns all of them, in order
 * @param classes their names, a label being an index among them; empty where labels are numbers
 * @param rows in the order of the file
 * @param refusals rows that could not be used
 * @param more whether the file goes on behind what was read
 * @param learner how it is learned from
 */
record Table(
    List<ColumnNote> columns,
    List<String> classes,
    List<Row> rows,
    Refusals refusals,
    boolean more,
    TableSettings learner) {

  Table {
    columns = List.copyOf(columns);
    classes = List.copyOf(classes);
    rows = List.copyOf(rows);
  }

  /**
   * Rows that could not be used.
   *
   * @param first why the first of them could not; empty where there is none
   */
  record Refusals(int rows, String first) {}

  /** Whether labels are classes. */
  boolean classification() {
    return !classes.isEmpty();
  }

  /** Features of a row. */
  int width() {
    return learner.shape().columns();
  }
}
