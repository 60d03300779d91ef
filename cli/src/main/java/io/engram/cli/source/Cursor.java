package io.engram.cli.source;

import org.jspecify.annotations.Nullable;

/** Reads the records of a source one after another. Owned by one thread. */
public interface Cursor extends AutoCloseable {

  /**
   * The next record, or null at the end.
   *
   * @throws SourceException if the data cannot be read
   */
  @Nullable SourceRecord next();

  /** Whether {@link #next} would return without waiting for somebody to write more. */
  default boolean ready() {
    return true;
  }

  /** All that {@link #next} gave is committed; what a later start needs may be written down. */
  default void committed() {}

  @Override
  default void close() {}
}
