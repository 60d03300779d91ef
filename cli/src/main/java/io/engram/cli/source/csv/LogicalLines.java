package io.engram.cli.source.csv;

import io.engram.cli.source.SourceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts text into the lines of a CSV: a line break between double quotes belongs to the field. Blank lines are passed over. A quote that is
 * not closed soon, or whose closing leaves no row as wide as the header, swallows nothing: its line is a row alone.
 */
final class LogicalLines implements Lines {

  /** The most lines of one row. */
  private static final int MOST_LINES = 100;

  private final BufferedReader reader;
  private final Encoding encoding;
  private final String name;
  private final Deque<String> putBack = new ArrayDeque<>();
  private @Nullable Character delimiter;
  private int width;
  private long physical;

  /**
   * @param delimiter between two fields, or null to have it told from the header
   */
  LogicalLines(InputStream bytes, Encoding encoding, String name, @Nullable Character delimiter) {
    this.reader = encoding.reader(bytes);
    this.encoding = encoding;
    this.name = name;
    this.delimiter = delimiter;
  }

  @Override
  public @Nullable Line next() {
    String text = read();
    while (text != null && text.isBlank()) {
      text = read();
    }
    if (text == null) {
      return null;
    }
    long number = physical;
    if (delimiter == null) {
      delimiter = Delimiter.of(text);
    }
    Quotes quotes = Quotes.of(text, delimiter());
    String whole = quotes.open() > 0 ? untilQuotesClose(text) : text;
    if (width == 0) {
      width = Quotes.of(whole, delimiter()).fields();
    }
    return encoding.line(number, whole);
  }

  @Override
  public char delimiter() {
    return delimiter == null ? ',' : delimiter;
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private String untilQuotesClose(String first) {
    StringBuilder whole = new StringBuilder(first);
    List<String> more = new ArrayList<>();
    while (more.size() < MOST_LINES) {
      String line = read();
      if (line == null) {
        break;
      }
      more.add(line);
      Quotes quotes = Quotes.of(whole.append('\n').append(line), delimiter());
      if (quotes.open() == 0) {
        if (fits(quotes)) {
          return whole.toString();
        }
        break;
      }
    }
    physical -= more.size();
    for (int i = more.size() - 1; i >= 0; i--) {
      putBack.addFirst(more.get(i));
    }
    return first;
  }

  /** As wide as the header, or one field wider, since rows may end with a delimiter that the header does without. */
  private boolean fits(Quotes quotes) {
    return !quotes.ragged()
        && (width == 0 || quotes.fields() == width || quotes.fields() == width + 1);
  }

  private @Nullable String read() {
    try {
      String line = putBack.isEmpty() ? reader.readLine() : putBack.removeFirst();
      physical += line == null ? 0 : 1;
      return line;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private SourceException failure(IOException e) {
    return new SourceException(
        "cannot read %s after line %d: %s".formatted(name, physical, e.getMessage()), e);
  }
}
