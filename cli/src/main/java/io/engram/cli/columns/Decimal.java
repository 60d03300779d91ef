package io.engram.cli.columns;

/** Which mark stands before the decimals of a table's numbers. */
public enum Decimal {
  /** Whichever fits a column best. */
  AUTO,
  /** A point: {@code 1,234.5}. */
  POINT,
  /** A comma: {@code 1.234,5}. */
  COMMA
}
