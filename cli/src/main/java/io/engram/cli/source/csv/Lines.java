package io.engram.cli.source.csv;

import io.engram.cli.source.SourceException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV as they were written, the header first. Owned by one thread. */
interface Lines extends AutoCloseable {

  /**
   * One row.
   *
   * @param number of its first physical line, from 1
   * @param text of what is not readable each byte is one character, where its encoding allows that
   * @param trouble why it is not readable; null if it is
   */
  record Line(long number, String text, @Nullable Trouble trouble) {

    private static final int LARGEST_BYTE = 0xff;

    boolean readable() {
      return trouble == null;
    }

    /** The bytes as they came, where they are UTF-8 or not readable. */
    byte[] bytes() {
      boolean raw = trouble != null && text.chars().allMatch(c -> c <= LARGEST_BYTE);
      return text.getBytes(raw ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }
  }

  /**
   * Why a row is not readable.
   *
   * @param word to count by
   * @param advice what it is, and what to do about it
   */
  record Trouble(String word, String advice) {}

  /**
   * The next row, or null at the end.
   *
   * @throws SourceException if it cannot be read
   */
  @Nullable Line next();

  /** What stands between two fields; known once the header was read. */
  char delimiter();

  /** What is to be said of the header and the encoding; known once the header was read. */
  List<String> remarks();

  /** Whether {@link #next} would return without waiting for somebody to write more. */
  boolean ready();

  @Override
  void close();
}
