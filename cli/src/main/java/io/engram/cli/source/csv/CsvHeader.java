package io.engram.cli.source.csv;

import io.engram.cli.source.SourceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which column is what.
 *
 * @param columns all names, in order
 * @param key position of the task key
 * @param label position of the label
 * @param features positions of the features
 */
record CsvHeader(List<String> columns, int key, int label, List<Integer> features) {

  CsvHeader {
    columns = List.copyOf(columns);
    features = List.copyOf(features);
  }

  /**
   * Finds the columns that the settings name.
   *
   * @throws SourceException if one is missing, named twice, or no feature is left
   */
  static CsvHeader of(List<String> columns, CsvSettings settings) {
    Set<String> distinct = new HashSet<>();
    for (String column : columns) {
      if (!distinct.add(column)) {
        throw new SourceException(
            "the header of %s names the column '%s' twice".formatted(settings.file(), column));
      }
    }
    int key = find(columns, settings.columns().key(), "--key", settings);
    int label = find(columns, settings.columns().label(), "--label", settings);
    Set<Integer> others = new HashSet<>(Set.of(label, key));
    settings
        .columns()
        .ignore()
        .forEach(name -> others.add(find(columns, name, "--ignore", settings)));
    List<Integer> features = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!others.contains(i)) {
        features.add(i);
      }
    }
    if (features.isEmpty()) {
      throw new SourceException(
          "no feature is left of the columns of %s: all are key, label or ignored"
              .formatted(settings.file()));
    }
    return new CsvHeader(columns, key, label, features);
  }

  private static int find(List<String> columns, String name, String option, CsvSettings settings) {
    int position = columns.indexOf(name);
    if (position < 0) {
      throw new SourceException(
          "%s '%s' is not a column of %s; its columns are %s"
              .formatted(option, name, settings.file(), String.join(", ", columns)));
    }
    return position;
  }
}
