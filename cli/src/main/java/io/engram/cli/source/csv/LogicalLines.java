package io.engram.cli.source.csv;

import io.engram.cli.source.SourceException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts text into the lines of a CSV: a line break between double quotes belongs to the field. Blank lines are passed over, and so is what
 * stands in front of the header. A quote that is not closed soon, or whose closing leaves no row as wide as the header, swallows nothing:
 * its line is a row alone.
 */
final class LogicalLines implements Lines {

  /** The most lines of one row. */
  private static final int MOST_LINES = 100;

  /** The most lines in front of a header. */
  private static final int FARTHEST = 50;

  private final Encoding encoding;
  private final String name;
  private final Sought sought;
  private final Deque<String> putBack = new ArrayDeque<>();
  private final List<String> remarks = new ArrayList<>();
  private @Nullable Character delimiter;
  private int width;
  private long physical;

  /**
   * @param delimiter between two fields, or null to have it told from the header
   * @param sought by which the header is known
   */
  LogicalLines(Encoding encoding, String name, @Nullable Character delimiter, Sought sought) {
    this.encoding = encoding;
    this.name = name;
    this.delimiter = delimiter;
    this.sought = sought;
  }

  @Override
  public @Nullable Line next() {
    String text = notBlank();
    if (text == null) {
      return null;
    }
    if (width == 0) {
      return header(text);
    }
    long number = physical;
    return encoding.line(number, whole(text));
  }

  @Override
  public char delimiter() {
    return delimiter == null ? ',' : delimiter;
  }

  /** With something to be said first. */
  LogicalLines saying(String remark) {
    remarks.add(remark);
    return this;
  }

  @Override
  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  @Override
  public boolean ready() {
    return true;
  }

  @Override
  public void close() {
    try {
      encoding.reader().close();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private @Nullable Line header(String line) {
    String first = line;
    Character said = Delimiter.said(first);
    if (said != null) {
      delimiter = delimiter == null ? said : delimiter;
      String behind = notBlank();
      if (behind == null) {
        return null;
      }
      first = behind;
    }
    String found = found(first);
    if (delimiter == null) {
      delimiter = Delimiter.of(found, sought);
    }
    long number = physical;
    String whole = whole(found);
    width = Quotes.of(whole, delimiter()).fields();
    return encoding.line(number, whole);
  }

  /** The first line that holds the names, without the sign of a comment in front; the one at hand if none soon does. */
  private String found(String first) {
    List<String> passed = new ArrayList<>();
    String line = first;
    while (line != null && passed.size() < FARTHEST) {
      String bare = line.startsWith("#") ? line.substring(1).strip() : line;
      if (isHeader(line) || isHeader(bare)) {
        if (!passed.isEmpty()) {
          remarks.add(
              "passed over in front of the header: %d line%s, such as '%s'"
                  .formatted(
                      passed.size(),
                      passed.size() == 1 ? "" : "s",
                      encoding.line(0, passed.get(0)).text().strip()));
        }
        return isHeader(line) ? line : bare;
      }
      passed.add(line);
      line = read();
    }
    if (line != null) {
      passed.add(line);
    }
    putBack(passed.subList(1, passed.size()));
    return first;
  }

  private boolean isHeader(String line) {
    String text = encoding.line(0, line).text();
    char between = delimiter == null ? Delimiter.of(text, sought) : delimiter;
    // A name that goes on in the next line is not looked for any further.
    return sought.enough(sought.hits(text, between)) || Quotes.of(text, between).open() > 0;
  }

  private @Nullable String notBlank() {
    String text = read();
    while (text != null && text.isBlank()) {
      text = read();
    }
    return text;
  }

  /** A line with those that belong to it. */
  private String whole(String first) {
    if (Quotes.of(first, delimiter()).open() == 0) {
      return first;
    }
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
    putBack(more);
    return first;
  }

  /** As wide as the header, or one field wider, since rows may end with a delimiter that the header does without. */
  private boolean fits(Quotes quotes) {
    return !quotes.ragged()
        && (width == 0 || quotes.fields() == width || quotes.fields() == width + 1);
  }

  private void putBack(List<String> lines) {
    physical -= lines.size();
    for (int i = lines.size() - 1; i >= 0; i--) {
      putBack.addFirst(lines.get(i));
    }
  }

  private @Nullable String read() {
    try {
      String line = putBack.isEmpty() ? encoding.reader().readLine() : putBack.removeFirst();
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
