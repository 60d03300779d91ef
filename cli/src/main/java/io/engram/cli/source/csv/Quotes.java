package io.engram.cli.source.csv;

/**
 * How double quotes divide a row.
 *
 * @param fields how many there are
 * @param open the field that is still inside quotes at the end, from 1; 0 if none is
 * @param ragged whether something stands behind a closing quote
 */
record Quotes(int fields, int open, boolean ragged) {

  private static final char QUOTE = '"';

  /** Where in a field one is. */
  private enum Place {
    BEFORE,
    PLAIN,
    QUOTED,
    BEHIND
  }

  /** A quote opens a field at its beginning alone, spaces aside; anywhere else it is a character like others, as in 5" pipe. */
  static Quotes of(CharSequence row, char delimiter) {
    int fields = 1;
    boolean ragged = false;
    Place place = Place.BEFORE;
    for (int i = 0; i < row.length(); i++) {
      char c = row.charAt(i);
      if (place == Place.QUOTED) {
        if (c == QUOTE) {
          boolean twice = i + 1 < row.length() && row.charAt(i + 1) == QUOTE;
          i += twice ? 1 : 0;
          place = twice ? Place.QUOTED : Place.BEHIND;
        }
      } else if (c == delimiter) {
        fields++;
        place = Place.BEFORE;
      } else if (place == Place.BEFORE && c == QUOTE) {
        place = Place.QUOTED;
      } else if (!Character.isWhitespace(c)) {
        ragged |= place == Place.BEHIND;
        place = place == Place.BEHIND ? place : Place.PLAIN;
      }
    }
    return new Quotes(fields, place == Place.QUOTED ? fields : 0, ragged);
  }
}
