package io.engram.cli.adapt;

import io.engram.cli.columns.BadCell;
import io.engram.cli.columns.ColumnPlan;
import io.engram.cli.columns.LabelPlan;
import io.engram.cli.columns.Notation;
import io.engram.cli.columns.PlannedColumn;
import io.engram.cli.columns.RowEncoder;
import io.engram.cli.columns.Spelling;
import io.engram.cli.source.SourceException;
import io.engram.cli.source.csv.CsvTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How a row of a table becomes what the network takes, and what it predicts becomes words. */
sealed interface RowFeatures {

  /** Columns that a table must have. */
  List<String> columns();

  /**
   * Stops where the model takes another number of features.
   *
   * @throws SourceException saying what there is
   */
  void requireWidth(String model, int expected, CsvTable support);

  /**
   * The features of a row.
   *
   * @throws SourceException if a cell is not what it should be
   */
  float[] of(CsvTable table, CsvTable.Row row);

  /**
   * The number to predict, as the network has it.
   *
   * @throws SourceException if there is none
   */
  float target(CsvTable table, CsvTable.Row row, int column);

  /** Columns of a table that mean nothing here, where it is known which do. */
  default List<String> strangers(CsvTable table) {
    return List.of();
  }

  /** The class that is meant by what stands in the label column. */
  default String classOf(String cell) {
    return cell;
  }

  /** Whether a label is missing. */
  default boolean unlabeled(String cell) {
    return cell.isEmpty();
  }

  /** How the numbers to predict are written. */
  Notation notation();

  /** What is added to a predicted number. */
  double offset();

  /** A predicted number in words. */
  default String words(float predicted) {
    String number = String.format(Locale.ROOT, "%.6g", predicted);
    return offset() == 0
        ? number
        : new BigDecimal(offset()).add(new BigDecimal(number)).stripTrailingZeros().toPlainString();
  }

  /** Every column is a number. */
  record Plain(List<String> columns) implements RowFeatures {

    public Plain {
      columns = List.copyOf(columns);
    }

    @Override
    public void requireWidth(String model, int expected, CsvTable support) {
      if (columns.size() != expected) {
        throw new SourceException(
            "%s takes %d features, %s gives %d: %s; leave columns out with --ignore, or say with --columns where the run wrote its %s"
                .formatted(
                    model,
                    expected,
                    support.file(),
                    columns.size(),
                    String.join(", ", columns),
                    ColumnPlan.FILE));
      }
    }

    @Override
    public float[] of(CsvTable table, CsvTable.Row row) {
      float[] values = new float[columns.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = table.number(row, table.column(columns.get(i)));
      }
      return values;
    }

    @Override
    public float target(CsvTable table, CsvTable.Row row, int column) {
      return table.number(row, column);
    }

    @Override
    public Notation notation() {
      return Notation.POINT;
    }

    @Override
    public double offset() {
      return 0;
    }
  }

  /** As the run planned it. */
  record Planned(ColumnPlan plan, RowEncoder encoder) implements RowFeatures {

    public Planned(ColumnPlan plan) {
      this(plan, RowEncoder.settled(plan));
    }

    @Override
    public List<String> strangers(CsvTable table) {
      Set<String> known = new HashSet<>();
      plan.columns().forEach(column -> known.add(column.name()));
      known.add(plan.key());
      known.add(plan.label().column());
      return table.columns().stream().filter(name -> !known.contains(name)).toList();
    }

    @Override
    public String classOf(String cell) {
      return plan.label() instanceof LabelPlan.Classes classes
          ? new Spelling(classes.values()).of(cell)
          : cell;
    }

    @Override
    public boolean unlabeled(String cell) {
      return plan.regression() ? plan.marks().missingQuantity(cell) : plan.marks().missing(cell);
    }

    @Override
    public List<String> columns() {
      return plan.features();
    }

    @Override
    public void requireWidth(String model, int expected, CsvTable support) {
      if (plan.width() != expected) {
        throw new SourceException(
            "%s takes %d features, the plan of the columns makes %d of a row: it is of another run; name the right %s with --columns, or --columns none"
                .formatted(model, expected, plan.width(), ColumnPlan.FILE));
      }
    }

    @Override
    public float[] of(CsvTable table, CsvTable.Row row) {
      List<String> cells = new ArrayList<>();
      for (PlannedColumn column : plan.columns()) {
        int place = column.feature() ? table.column(column.name()) : -1;
        cells.add(place < 0 ? "" : row.fields().get(place));
      }
      try {
        return encoder.encode(cells);
      } catch (BadCell bad) {
        throw new SourceException(
            "%s, row %d, %s".formatted(table.file(), row.number(), bad.getMessage()), bad);
      }
    }

    @Override
    public float target(CsvTable table, CsvTable.Row row, int column) {
      if (!(plan.label() instanceof LabelPlan.Numbers numbers)) {
        return table.number(row, column);
      }
      try {
        return numbers.numeric().value(row.fields().get(column));
      } catch (BadCell bad) {
        throw new SourceException(
            "%s, row %d, column '%s': %s"
                .formatted(
                    table.file(), row.number(), table.columns().get(column), bad.getMessage()),
            bad);
      }
    }

    @Override
    public Notation notation() {
      return plan.label() instanceof LabelPlan.Numbers numbers
          ? numbers.numeric().notation()
          : Notation.POINT;
    }

    @Override
    public double offset() {
      return plan.label() instanceof LabelPlan.Numbers numbers ? numbers.numeric().offset() : 0;
    }
  }
}
