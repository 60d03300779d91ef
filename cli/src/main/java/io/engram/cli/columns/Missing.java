package io.engram.cli.columns;

/** What becomes of a row in which the cell of a feature is missing. */
public enum Missing {
  /** It is rejected. */
  REJECT,
  /** The cell gets the mean of its column over the rows before; of a column of text it gets zeros. */
  MEAN,
  /** The same, and one more number of the column is 1 where a cell was missing and 0 elsewhere. */
  MARK
}
