package io.engram.cli.taste;

/**
 * All that was found out about a table.
 *
 * @param betweenKeys share of the label's variance that lies between keys; NaN if unknown
 * @param seconds that it took
 */
record Findings(
    Wanted wanted,
    Table table,
    KeyCounts keys,
    double betweenKeys,
    Trial trial,
    Verdict verdict,
    double seconds) {

  ErrorKind errors() {
    return ErrorKind.of(table);
  }
}
