package io.engram.cli.source.csv;

import io.engram.cli.columns.Asked;
import io.engram.cli.columns.ColumnChoice;
import io.engram.cli.source.SourceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which column is what.
 *
 * @param columns all names, in order; one without a name is called by its place, as {@code #1}
 * @param key position of the task key
 * @param label position of the label
 * @param others positions of all others
 */
record CsvHeader(List<String> columns, int key, int label, List<Integer> others) {

  CsvHeader {
    columns = List.copyOf(columns);
    others = List.copyOf(others);
  }

  /**
   * Finds the columns that are named.
   *
   * @throws SourceException if one is missing, or named twice in the header
   */
  static CsvHeader of(List<String> header, Asked asked, String file) {
    List<String> columns = named(header);
    Set<String> distinct = new HashSet<>();
    for (String column : columns) {
      if (!distinct.add(column)) {
        throw new SourceException(
            "the header of %s names the column '%s' twice".formatted(file, column));
      }
    }
    int key = find(columns, asked.key(), "--key", file);
    int label = find(columns, asked.label(), "--label", file);
    asked.ignore().forEach(name -> find(columns, name, "--ignore", file));
    for (ColumnChoice choice : asked.choices()) {
      find(columns, choice.column(), "--column", file);
    }
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (i != key && i != label) {
        others.add(i);
      }
    }
    if (others.isEmpty()) {
      throw new SourceException(
          "no feature is left of the columns of %s: all are key or label".formatted(file));
    }
    return new CsvHeader(columns, key, label, others);
  }

  /** The cells of a row that stand in none of key and label. */
  List<String> others(List<String> row) {
    return others.stream().map(row::get).toList();
  }

  /** With names for those that have none. */
  static List<String> named(List<String> header) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      columns.add(header.get(i).isEmpty() ? nameless(i) : header.get(i));
    }
    return columns;
  }

  /** How many columns without a name there are behind the last that has one. */
  static int namelessAtEnd(List<String> columns) {
    int nameless = 0;
    while (nameless < columns.size()
        && columns
            .get(columns.size() - 1 - nameless)
            .equals(nameless(columns.size() - 1 - nameless))) {
      nameless++;
    }
    return nameless;
  }

  private static String nameless(int position) {
    return "#" + (position + 1);
  }

  private static int find(List<String> columns, String name, String option, String file) {
    int position = columns.indexOf(name);
    if (position < 0) {
      throw new SourceException(
          "%s '%s' is not a column of %s; its columns are %s"
              .formatted(option, name, file, String.join(", ", columns)));
    }
    return position;
  }
}
