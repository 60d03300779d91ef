package io.engram.cli.source;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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

  /** Writes down what a later start needs to make the same of the same data; called before the first record is sent. */
  default void remember(Path directory) {}

  /** The next thing to tell whoever watches the run, or null if there is none now. */
  default @Nullable String remark() {
    return null;
  }

  /** Lets go of files. */
  @Override
  default void close() {}
}
