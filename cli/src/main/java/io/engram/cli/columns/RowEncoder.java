package io.engram.cli.columns;

import java.util.List;

/**
 * Makes rows into numbers as a plan has it. What it makes is a function of the plan, the row and the rows before; owned by one thread.
 */
public final class RowEncoder {

  private final ColumnPlan plan;
  private final int width;
  private final Marks marks;
  private final boolean running;
  private final double[] sums;
  private final long[] counts;

  private RowEncoder(ColumnPlan plan, boolean running) {
    this.plan = plan;
    this.width = plan.width();
    this.marks = plan.marks();
    this.running = running;
    this.sums = new double[width];
    this.counts = new long[width];
  }

  /** For the table itself, row by row: a missing cell gets the mean of the rows before, and the plan's where there are none. */
  public static RowEncoder running(ColumnPlan plan) {
    return new RowEncoder(plan, true);
  }

  /** For rows of other tables: a missing cell gets the plan's mean. */
  public static RowEncoder settled(ColumnPlan plan) {
    return new RowEncoder(plan, false);
  }

  /**
   * The numbers of a row.
   *
   * @param cells one for each of the plan's columns, in their order
   * @return {@link ColumnPlan#width} finite numbers
   * @throws BadCell if one is not what its column was taken for, or is missing and must not be; names the column
   */
  public float[] encode(List<String> cells) throws BadCell {
    if (cells.size() != plan.columns().size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns".formatted(cells.size(), plan.columns().size()));
    }
    float[] row = new float[width];
    // A row counts towards the means of its columns even if it is then refused for another column,
    // so every cell is read before the first problem is thrown.
    BadCell first = null;
    int at = 0;
    for (int i = 0; i < cells.size(); i++) {
      PlannedColumn column = plan.columns().get(i);
      try {
        encode(column, cells.get(i), row, at);
      } catch (BadCell bad) {
        first = first == null ? bad.in("column '%s': ".formatted(column.name())) : first;
      }
      at += column.width();
    }
    if (first != null) {
      throw first;
    }
    return row;
  }

  private void encode(PlannedColumn column, String cell, float[] row, int at) throws BadCell {
    if (column.meaning().missing(cell, marks)) {
      fill(column, row, at);
      return;
    }
    column.meaning().encode(cell, row, at);
    if (running && column.meaning().averaged()) {
      for (int i = at; i < at + column.meaning().width(); i++) {
        sums[i] += row[i];
        counts[i]++;
      }
    }
  }

  private void fill(PlannedColumn column, float[] row, int at) throws BadCell {
    if (plan.missing() == Missing.REJECT) {
      throw new BadCell("missing-feature", "the value is missing");
    }
    if (column.meaning().averaged()) {
      for (int i = 0; i < column.meaning().width(); i++) {
        row[at + i] = mean(column, i, at + i);
      }
    }
    if (column.marked()) {
      row[at + column.meaning().width()] = 1;
    }
  }

  private float mean(PlannedColumn column, int number, int place) throws BadCell {
    if (counts[place] > 0) {
      return (float) (sums[place] / counts[place]);
    }
    if (running && plan.missing() == Missing.MEAN) {
      throw new BadCell(
          "missing-feature", "the value is missing, and no row before had one to take the mean of");
    }
    return column.means().get(number);
  }
}
