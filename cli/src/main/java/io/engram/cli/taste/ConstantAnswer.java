package io.engram.cli.taste;

import java.util.List;

/** Whoever knows nothing but the labels gives one answer to everything. */
final class ConstantAnswer {

  private ConstantAnswer() {}

  /** The error of the best one: the variance of numbers; of classes the share of all but the commonest. */
  static double error(Table table) {
    List<Row> rows = table.rows();
    if (table.classification()) {
      int[] counts = new int[table.classes().size()];
      int most = 0;
      for (Row row : rows) {
        most = Math.max(most, ++counts[(int) row.label()]);
      }
      return 1 - (double) most / rows.size();
    }
    double mean = rows.stream().mapToDouble(Row::label).average().orElse(0);
    return rows.stream()
        .mapToDouble(row -> (row.label() - mean) * (row.label() - mean))
        .average()
        .orElse(0);
  }
}
