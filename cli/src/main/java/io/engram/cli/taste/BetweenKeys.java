package io.engram.cli.taste;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much keys differ: the share of the label's variance that lies between them, by a one-way analysis of variance with random effects. Means of
 * few rows differ by chance; that is taken off. Of classes the variance is Gini's impurity: that of labels with a 1 at the class.
 */
final class BetweenKeys {

  private BetweenKeys() {}

  /** In [0, 1]; NaN for one key alone, or if no key has two rows. */
  static double share(Table table) {
    return share(table.rows(), table.classes().size());
  }

  /**
   * The same of labels of this many classes.
   *
   * @param classes 0 where labels are numbers
   */
  static double share(List<Row> rows, int classes) {
    int width = Math.max(1, classes);
    Map<String, Sums> byKey = new HashMap<>();
    Sums all = new Sums(width);
    double total = 0;
    // Of labels far from zero squares would lose what is to be compared.
    double origin = classes > 0 ? 0 : rows.get(0).label();
    for (Row row : rows) {
      byKey.computeIfAbsent(row.key(), key -> new Sums(width)).add(row.label(), origin);
      all.add(row.label(), origin);
      double label = row.label() - origin;
      total += classes > 0 ? 1 : label * label;
    }
    double between = -all.explained();
    double squares = 0;
    for (Sums sums : byKey.values()) {
      between += sums.explained();
      squares += (double) sums.rows * sums.rows;
    }
    double within = total - all.explained() - between;
    int keys = byKey.size();
    double meanBetween = between / (keys - 1);
    double meanWithin = within / (all.rows - keys);
    double rowsOfKey = (all.rows - squares / all.rows) / (keys - 1);
    double ofKeys = Math.max(0, (meanBetween - meanWithin) / rowsOfKey);
    double sum = ofKeys + meanWithin;
    return keys < 2 || all.rows == keys || !(sum > 0) ? Double.NaN : ofKeys / sum;
  }

  /** Of the labels of some rows. */
  private static final class Sums {
    private final double[] sums;
    private int rows;

    Sums(int width) {
      this.sums = new double[width];
    }

    void add(float label, double origin) {
      rows++;
      if (sums.length == 1) {
        sums[0] += label - origin;
      } else {
        sums[(int) label]++;
      }
    }

    /** Squares that their mean accounts for. */
    double explained() {
      double squares = 0;
      for (double sum : sums) {
        squares += sum * sum;
      }
      return squares / rows;
    }
  }
}
