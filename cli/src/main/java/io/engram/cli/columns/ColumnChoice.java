package io.engram.cli.columns;

import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What somebody says that a column is.
 *
 * @param column its name
 * @param as what it is to be taken for
 * @param pattern of dates; "" to have it recognised
 */
public record ColumnChoice(String column, As as, String pattern) {

  /** What a column can be said to be. */
  public enum As {
    /** One-hot of few values, hashed of many. */
    TEXT,
    /** Sentences: words and runs of characters. */
    WORDS,
    NUMBER,
    DATE,
    YES_NO,
    /** No feature. */
    IGNORE;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Reads {@code NAME=KIND}, and {@code NAME=date:PATTERN}.
   *
   * @throws IllegalArgumentException if it is not so written; the message begins with the key "columns"
   */
  public static ColumnChoice parse(String text) {
    int equals = text.lastIndexOf('=');
    String kind = text.substring(equals + 1).strip();
    int colon = kind.indexOf(':');
    String word = colon < 0 ? kind : kind.substring(0, colon);
    String pattern = colon < 0 ? "" : kind.substring(colon + 1).replace('y', 'u');
    List<As> all = Arrays.asList(As.values());
    As as =
        all.stream()
            .filter(it -> it.word().equals(word))
            .filter(it -> it == As.DATE || pattern.isEmpty())
            .findFirst()
            .orElse(null);
    if (equals < 1 || as == null || !readable(pattern)) {
      throw new IllegalArgumentException(
          "columns: found '%s', expected NAME=%s or NAME=date:PATTERN such as date:d.M.uuuu"
              .formatted(text, String.join("|", all.stream().map(As::word).toList())));
    }
    return new ColumnChoice(text.substring(0, equals).strip(), as, pattern);
  }

  @Override
  public String toString() {
    return column + "=" + as.word() + (pattern.isEmpty() ? "" : ":" + pattern);
  }

  private static boolean readable(String pattern) {
    try {
      return pattern.isEmpty() || !DateForm.of(pattern).sample().isEmpty();
    } catch (IllegalArgumentException | DateTimeException e) {
      return false;
    }
  }
}
