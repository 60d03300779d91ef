package io.engram.cli.source.csv;

import io.engram.cli.columns.ColumnPlan;
import java.util.zip.CRC32C;

/** Tells whether a table still begins as it did. Owned by one thread. */
final class Beginnings {

  /** Rows that are enough to know a table by. */
  static final int MOST = 100;

  private final CRC32C digest = new CRC32C();
  private final int most;
  private int rows;

  /**
   * @param most rows that are looked at
   */
  Beginnings(int most) {
    this.most = most;
  }

  void add(Lines.Line line) {
    if (rows < most) {
      rows++;
      digest.update(line.bytes());
      digest.update('\n');
    }
  }

  ColumnPlan.Beginning seen() {
    return new ColumnPlan.Beginning(rows, "%08x".formatted(digest.getValue()));
  }
}
