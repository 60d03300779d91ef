package io.engram.cli.source.csv;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What stands between two fields. */
final class Delimiter {

  /** Looked for in a header. */
  private static final List<Character> KNOWN = List.of(',', ';', '\t', '|');

  static final String AUTO = "auto";
  private static final String SAID = "sep=";

  private Delimiter() {}

  /** The one that finds most of the names, of several the one that cuts the header into most fields, and of as many the first. */
  static char of(String header, Sought sought) {
    char best = KNOWN.get(0);
    int hits = 0;
    int most = 1;
    for (char candidate : KNOWN) {
      int fields = Quotes.of(header, candidate).fields();
      int found = fields > 1 ? sought.hits(header, candidate) : 0;
      if (found > hits || (found == hits && fields > most)) {
        hits = found;
        most = fields;
        best = candidate;
      }
    }
    return best;
  }

  /** The one that a line such as {@code sep=;} says, which spreadsheets write in front of a header; null if it is no such line. */
  static @Nullable Character said(String line) {
    String text = line.strip().replace("\"", "").toLowerCase(Locale.ROOT);
    boolean tab = text.equals(SAID) && line.contains("=\t");
    if (tab) {
      return '\t';
    }
    return text.startsWith(SAID) && text.length() == SAID.length() + 1
        ? Character.valueOf(text.charAt(SAID.length()))
        : null;
  }
}
