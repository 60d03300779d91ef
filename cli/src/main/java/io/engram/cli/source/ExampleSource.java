package io.engram.cli.source;

import java.util.Map;
import java.util.OptionalLong;

/** A numbered sequence of labeled examples. Thread-safe; its cursors are not. */
public interface ExampleSource extends AutoCloseable {

  /** How many records there are in all, where that is known before they are read. */
  OptionalLong size();

  /** Whether it ends, known size or not. */
  boolean finite();

  /**
   * What the sequence depends on. Two sources of equal identity give the same record at the same index.
   */
  Map<String, String> identity();

  /** One line for people. */
  String description();

  /**
   * Reads on from the record with index {@code first}.
   *
   * @throws SourceException if the data cannot be read
   */
  Cursor open(long first);

  /** Lets go of files. */
  @Override
  default void close() {}
}
