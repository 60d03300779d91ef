package io.engram.cli.source.csv;

import io.engram.cli.source.SourceException;
import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Cuts text into the lines of a CSV: a line break between double quotes belongs to the field. Blank lines are passed over. */
final class LogicalLines implements Lines {

  private static final char QUOTE = '"';

  private final BufferedReader reader;
  private final String name;
  private long physical;

  LogicalLines(BufferedReader reader, String name) {
    this.reader = reader;
    this.name = name;
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
    if (insideQuotes(text)) {
      return new Line(number, untilQuotesClose(text));
    }
    return new Line(number, text);
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
    String more = read();
    while (more != null) {
      whole.append('\n').append(more);
      // An odd number of quotes in the piece closes what was open.
      if (insideQuotes(more)) {
        break;
      }
      more = read();
    }
    return whole.toString();
  }

  private static boolean insideQuotes(String text) {
    return text.chars().filter(c -> c == QUOTE).count() % 2 == 1;
  }

  private @Nullable String read() {
    try {
      String line = reader.readLine();
      physical++;
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
