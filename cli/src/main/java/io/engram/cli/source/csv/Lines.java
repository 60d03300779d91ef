package io.engram.cli.source.csv;

import io.engram.cli.source.SourceException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV as they were written. Owned by one thread. */
interface Lines extends AutoCloseable {

  /**
   * One row.
   *
   * @param number of its first physical line, from 1
   * @param text of what is not readable each byte is one character
   * @param readable whether its bytes are of the encoding that is expected
   */
  record Line(long number, String text, boolean readable) {

    /** The bytes as they came, where they are UTF-8 or not readable. */
    byte[] bytes() {
      return text.getBytes(readable ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * The next row, or null at the end.
   *
   * @throws SourceException if it cannot be read
   */
  @Nullable Line next();

  /** What stands between two fields; known once the header was read. */
  char delimiter();

  /** Whether {@link #next} would return without waiting for somebody to write more. */
  boolean ready();

  @Override
  void close();
}
