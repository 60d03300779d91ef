package io.engram.cli.source.csv;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Names of columns by which a header is known.
 *
 * @param names some columns that a table is to have
 * @param needed how many of them are enough
 */
record Sought(Set<String> names, int needed) {

  Sought {
    names = Set.copyOf(names);
  }

  /** All of these. */
  static Sought all(List<String> names) {
    Set<String> distinct = new HashSet<>(names);
    return new Sought(distinct, distinct.size());
  }

  /** Some of these; if there are none, any line will do. */
  static Sought some(List<String> names) {
    return new Sought(new HashSet<>(names), names.isEmpty() ? 0 : 1);
  }

  boolean enough(int hits) {
    return hits >= needed;
  }

  /** How many of them a line holds. */
  int hits(String line, char delimiter) {
    try {
      List<String> fields = CsvHeader.named(new CsvFields(delimiter).of(line));
      return (int) names.stream().filter(fields::contains).count();
    } catch (CsvFields.Malformed e) {
      return 0;
    }
  }
}
