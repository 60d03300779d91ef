package io.engram.cli.adapt;

import io.engram.cli.columns.ColumnPlan;
import io.engram.cli.source.SourceException;
import io.engram.cli.source.csv.CsvTable;
import io.engram.client.SupportSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What to adapt on and what to ask about. Features are what the model's plan says, or without one the support file's columns but for the
 * label and the ignored ones; they are found by name in every file. The label column of the questions, if there is one, is only compared
 * with.
 */
final class FewShotTables {

  private final CsvTable support;
  private final CsvTable questions;
  private final String label;
  private final RowFeatures features;

  /**
   * @throws SourceException if a column that is needed is missing
   */
  FewShotTables(CsvTable support, CsvTable questions, TableColumns columns) {
    this.support = support;
    this.questions = questions;
    this.label = columns.label();
    require(support, label, "--label");
    columns.ignore().forEach(name -> require(support, name, "--ignore"));
    this.features = features(support, columns);
    features
        .columns()
        .forEach(
            name -> {
              require(support, name, "the feature");
              require(questions, name, "the feature");
            });
  }

  private static RowFeatures features(CsvTable support, TableColumns columns) {
    ColumnPlan plan = columns.plan();
    if (plan != null) {
      for (String name : columns.ignore()) {
        if (plan.features().contains(name)) {
          throw new SourceException(
              "--ignore '%s': the model was trained with that column; leave its cells empty where they are not known"
                  .formatted(name));
        }
      }
      return new RowFeatures.Planned(plan);
    }
    Set<String> others = new HashSet<>(columns.ignore());
    others.add(columns.label());
    return new RowFeatures.Plain(
        support.columns().stream().filter(name -> !others.contains(name)).toList());
  }

  /**
   * Stops where the model takes another number of features.
   *
   * @throws SourceException saying which columns there are
   */
  void requireFeatures(String model, int expected) {
    features.requireWidth(model, expected, support);
  }

  /** The support rows, the label being a class. */
  SupportSet.Labeled supportLabeled() {
    return labeled(support, support.rows());
  }

  /** The support rows, the label being a number. */
  SupportSet.Measured supportMeasured() {
    return measured(support, support.rows());
  }

  /** Columns of the files that the model knows nothing of, though nobody said that they are to be ignored; a sentence for each file. */
  List<String> strangers(List<String> ignored) {
    List<String> sentences = new ArrayList<>();
    for (CsvTable table : List.of(support, questions)) {
      List<String> strangers =
          features.strangers(table).stream().filter(name -> !ignored.contains(name)).toList();
      if (!strangers.isEmpty()) {
        sentences.add(
            "%s: the model knows no column %s; passed over"
                .formatted(table.file(), String.join(", ", strangers)));
      }
    }
    return sentences;
  }

  /** Stops where a table lacks the label or a feature. */
  void requireColumns(CsvTable table) {
    require(table, label, "--label");
    features.columns().forEach(name -> require(table, name, "the feature"));
  }

  /** Rows of a table that has the label and all features, the label being a class. */
  SupportSet.Labeled labeled(CsvTable table, List<CsvTable.Row> rows) {
    int column = table.column(label);
    List<String> labels = new ArrayList<>();
    for (CsvTable.Row row : rows) {
      String found = row.fields().get(column);
      if (features.unlabeled(found)) {
        throw new SourceException(
            "%s, row %d, column '%s': the label is missing"
                .formatted(table.file(), row.number(), label));
      }
      labels.add(features.classOf(found));
    }
    return SupportSet.of(features(table, rows), labels);
  }

  /** Rows of a table that has the label and all features, the label being a number. */
  SupportSet.Measured measured(CsvTable table, List<CsvTable.Row> rows) {
    int column = table.column(label);
    float[] targets = new float[rows.size()];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = features.target(table, rows.get(i), column);
    }
    return SupportSet.of(features(table, rows), targets);
  }

  List<CsvTable.Row> questions() {
    return questions.rows();
  }

  /**
   * The features of a question.
   *
   * @throws SourceException if a cell is not what it should be
   */
  float[] features(CsvTable.Row question) {
    return features.of(questions, question);
  }

  /** What the file says the answer is; empty where it does not. */
  String actual(CsvTable.Row question) {
    int column = questions.column(label);
    String actual = column < 0 ? "" : question.fields().get(column);
    return features.unlabeled(actual) ? "" : features.classOf(actual);
  }

  /** A predicted number in words. */
  String words(float predicted) {
    return features.words(predicted);
  }

  /**
   * The number that a question's file says is the answer.
   *
   * @throws SourceException if that is none
   */
  double number(String actual) {
    String plain = features.notation().plain(actual);
    if (plain == null) {
      throw new SourceException(
          "%s, column '%s': found '%s', expected a number"
              .formatted(questions.file(), label, actual));
    }
    return Double.parseDouble(plain);
  }

  private float[][] features(CsvTable table, List<CsvTable.Row> rows) {
    return rows.stream().map(row -> features.of(table, row)).toArray(float[][]::new);
  }

  static void require(CsvTable table, String name, String what) {
    if (table.column(name) < 0) {
      throw new SourceException(
          "%s '%s' is not a column of %s; its columns are %s"
              .formatted(what, name, table.file(), String.join(", ", table.columns())));
    }
  }
}
