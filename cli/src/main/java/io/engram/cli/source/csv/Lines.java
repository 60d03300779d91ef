package io.engram.cli.source.csv;

import io.engram.cli.source.SourceException;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV as they were written. Owned by one thread. */
interface Lines extends AutoCloseable {

  /**
   * One row.
   *
   * @param number of its first physical line, from 1
   */
  record Line(long number, String text) {}

  /**
   * The next row, or null at the end.
   *
   * @throws SourceException if it cannot be read
   */
  @Nullable Line next();

  /** Whether {@link #next} would return without waiting for somebody to write more. */
  boolean ready();

  @Override
  void close();
}
