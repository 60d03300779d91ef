package io.engram.cli.source.csv;

import io.engram.cli.source.SourceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Tells by its first bytes how a table is written, and opens it. */
final class TableText {

  /** Characters that are enough to tell. */
  private static final int HEAD = 64;

  private TableText() {}

  /**
   * Opens a table: packed or not, in whatever encoding it says it has, CSV or JSON.
   *
   * @param charset of the bytes, where they do not say themselves
   * @param name for messages
   * @param delimiter between two fields, or null to have it told from the header
   * @param sought by which the header is known
   * @throws SourceException if it is none
   */
  static Lines open(
      InputStream bytes,
      Charset charset,
      String name,
      @Nullable Character delimiter,
      Sought sought) {
    try {
      Encoding encoding = Encoding.of(Unpacked.of(bytes, name), charset);
      String head = head(encoding.reader());
      if (JsonLines.begins(head)) {
        return JsonLines.of(encoding, name, head);
      }
      LogicalLines lines = new LogicalLines(encoding, name, delimiter, sought);
      return encoding.charset().equals(charset)
          ? lines
          : lines.saying("read as %s, as its first bytes say".formatted(encoding.charset()));
    } catch (IOException e) {
      throw new SourceException("cannot read %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** What comes without waiting for more, and stays to be read. */
  private static String head(BufferedReader reader) throws IOException {
    char[] head = new char[HEAD];
    reader.mark(HEAD);
    int read = reader.read(head, 0, HEAD);
    reader.reset();
    return new String(head, 0, Math.max(0, read));
  }
}
