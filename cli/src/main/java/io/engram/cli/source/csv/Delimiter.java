package io.engram.cli.source.csv;

import java.util.List;

/** What stands between two fields. */
final class Delimiter {

  /** Looked for in a header; of several the one that cuts it into most fields, and of as many the first. */
  private static final List<Character> KNOWN = List.of(',', ';', '\t', '|');

  static final String AUTO = "auto";

  private Delimiter() {}

  /** The one that a header is cut by. */
  static char of(String header) {
    char best = KNOWN.get(0);
    int most = 1;
    for (char candidate : KNOWN) {
      int fields = Quotes.of(header, candidate).fields();
      if (fields > most) {
        most = fields;
        best = candidate;
      }
    }
    return best;
  }
}
