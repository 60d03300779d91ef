package io.engram.servicekit.log;

/** Text of others on its way to a log or a terminal: what would end a line, move a cursor or turn the direction of writing is spelled out. */
public final class Printable {

  /** Characters of one value that are shown. */
  private static final int MOST = 300;

  private Printable() {}

  /** The value in one printable line, cut where it is long. */
  public static String of(Object value) {
    String text = String.valueOf(value);
    if (text.length() <= MOST) {
      return escaped(text);
    }
    int end = Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST;
    return "%s… (%,d characters)".formatted(escaped(text.substring(0, end)), text.length());
  }

  /** All of it in one printable line. */
  public static String escaped(String text) {
    if (text.codePoints().noneMatch(Printable::dangerous)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            code -> {
              if (code == '\n') {
                escaped.append("\\n");
              } else if (code == '\r') {
                escaped.append("\\r");
              } else if (code == '\t') {
                escaped.append("\\t");
              } else if (dangerous(code)) {
                escaped.append("\\u%04x".formatted(code));
              } else {
                escaped.appendCodePoint(code);
              }
            });
    return escaped.toString();
  }

  /** Control characters, line and paragraph separators, invisible and bidirectional marks, halves of pairs. */
  private static boolean dangerous(int code) {
    int type = Character.getType(code);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }
}
