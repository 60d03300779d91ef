package io.engram.cli.adapt;

import io.engram.cli.source.SourceException;
import io.engram.cli.source.csv.CsvTable;
import io.engram.client.SupportSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What to adapt on and what to ask about. Features are the support file's columns but for the label and the ignored ones; they are
 * found by name in the other file, whose label column, if it has one, is only compared with.
 */
final class FewShotTables {

  private final CsvTable support;
  private final CsvTable questions;
  private final String label;
  private final List<String> features;

  /**
   * @throws SourceException if a column that is needed is missing
   */
  FewShotTables(CsvTable support, CsvTable questions, String label, List<String> ignore) {
    this.support = support;
    this.questions = questions;
    this.label = label;
    require(support, label, "--label");
    Set<String> others = new HashSet<>(ignore);
    ignore.forEach(name -> require(support, name, "--ignore"));
    others.add(label);
    this.features = support.columns().stream().filter(name -> !others.contains(name)).toList();
    features.forEach(name -> require(questions, name, "the feature"));
  }

  /** Names, in the order the network takes them. */
  List<String> features() {
    return features;
  }

  /**
   * Stops where the model takes another number of features.
   *
   * @throws SourceException saying which columns there are
   */
  void requireFeatures(String model, int expected) {
    if (features.size() != expected) {
      throw new SourceException(
          "%s takes %d features, %s gives %d: %s; leave columns out with --ignore"
              .formatted(
                  model, expected, support.file(), features.size(), String.join(", ", features)));
    }
  }

  /** The support rows, the label being a class. */
  SupportSet.Labeled supportLabeled() {
    return labeled(support, support.rows());
  }

  /** The support rows, the label being a number. */
  SupportSet.Measured supportMeasured() {
    return measured(support, support.rows());
  }

  /** Stops where a table lacks the label or a feature. */
  void requireColumns(CsvTable table) {
    require(table, label, "--label");
    features.forEach(name -> require(table, name, "the feature"));
  }

  /** Rows of a table that has the label and all features, the label being a class. */
  SupportSet.Labeled labeled(CsvTable table, List<CsvTable.Row> rows) {
    int column = table.column(label);
    List<String> labels = new ArrayList<>();
    for (CsvTable.Row row : rows) {
      String found = row.fields().get(column);
      if (found.isEmpty()) {
        throw new SourceException(
            "%s, row %d, column '%s': the label is missing"
                .formatted(table.file(), row.number(), label));
      }
      labels.add(found);
    }
    return SupportSet.of(features(table, rows), labels);
  }

  /** Rows of a table that has the label and all features, the label being a number. */
  SupportSet.Measured measured(CsvTable table, List<CsvTable.Row> rows) {
    int column = table.column(label);
    float[] targets = new float[rows.size()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = table.number(rows.get(i), column);
    }
    return SupportSet.of(features(table, rows), targets);
  }

  List<CsvTable.Row> questions() {
    return questions.rows();
  }

  /**
   * The features of a question.
   *
   * @throws SourceException if one is no number
   */
  float[] features(CsvTable.Row question) {
    return features(questions, question);
  }

  /** What the file says the answer is; empty where it does not. */
  String actual(CsvTable.Row question) {
    int column = questions.column(label);
    return column < 0 ? "" : question.fields().get(column);
  }

  private float[][] features(CsvTable table, List<CsvTable.Row> rows) {
    return rows.stream().map(row -> features(table, row)).toArray(float[][]::new);
  }

  private float[] features(CsvTable table, CsvTable.Row row) {
    float[] values = new float[features.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = table.number(row, table.column(features.get(i)));
    }
    return values;
  }

  static void require(CsvTable table, String name, String what) {
    if (table.column(name) < 0) {
      throw new SourceException(
          "%s '%s' is not a column of %s; its columns are %s"
              .formatted(what, name, table.file(), String.join(", ", table.columns())));
    }
  }
}
