package io.engram.cli.columns;

import org.jspecify.annotations.Nullable;

/**
 * How numbers are written. Thousands may be set apart by whichever of comma and point is not the decimal mark, by spaces or by
 * apostrophes; they must stand in groups of three then. Below zero a number may stand in brackets or have its sign behind. A currency or a percent sign in front or behind is passed over.
 */
public enum Notation {
  /** {@code -1,234.5e3} */
  POINT('.', ','),
  /** {@code -1.234,5e3} */
  COMMA(',', '.');

  private static final String SPACES = " \u00a0\u202f\u2009'\u2019";
  private static final int GROUP = 3;

  private final char decimal;
  private final char thousands;

  Notation(char decimal, char thousands) {
    this.decimal = decimal;
    this.thousands = thousands;
  }

  /** In words. */
  String words() {
    return this == POINT ? "decimal point" : "decimal comma";
  }

  /** The number of a cell as Java reads it, or null if it holds none; {@code 7d}, {@code 0x1p3} and {@code Infinity} are none. */
  public @Nullable String plain(String cell) {
    String written = negative(cell);
    Scan scan = new Scan(written == null ? cell : written);
    if (written != null) {
      scan.plain.append('-');
    } else {
      scan.sign();
    }
    scan.unit();
    if (!scan.whole(this)) {
      return null;
    }
    int digits = scan.digits;
    if (scan.accept(decimal)) {
      scan.plain.append('.');
      digits += scan.run();
    }
    if (digits == 0) {
      return null;
    }
    if (scan.accept('e') || scan.accept('E')) {
      scan.plain.append('E');
      scan.sign();
      if (scan.run() == 0) {
        return null;
      }
    }
    scan.unit();
    return scan.ended() ? scan.plain.toString() : null;
  }

  /** What is written below zero as accountants do, {@code (1.50)} or {@code 1.50-}; null if it is not. */
  private static @Nullable String negative(String cell) {
    int last = cell.length() - 1;
    if (last < 1) {
      return null;
    }
    if (cell.charAt(0) == '(' && cell.charAt(last) == ')') {
      return cell.substring(1, last);
    }
    return cell.charAt(last) == '-' && Scan.digit(cell.charAt(last - 1)) && cell.charAt(0) != '-'
        ? cell.substring(0, last)
        : null;
  }

  /** What stands beside the number of a cell and is passed over, such as a percent sign; empty if nothing does. */
  static String beside(String cell) {
    return cell.chars()
        .filter(c -> Scan.unit((char) c))
        .mapToObj(Character::toString)
        .findFirst()
        .orElse("");
  }

  /** Whether a cell holds a number. */
  boolean fits(String cell) {
    return plain(cell) != null;
  }

  private boolean groups(char c) {
    return c == thousands || SPACES.indexOf(c) >= 0;
  }

  /** A cell read from left to right. */
  private static final class Scan {
    private final String cell;
    private final StringBuilder plain;
    private int at;
    private int digits;

    Scan(String cell) {
      this.cell = cell;
      this.plain = new StringBuilder(cell.length());
    }

    boolean ended() {
      return at == cell.length();
    }

    boolean accept(char expected) {
      if (!ended() && cell.charAt(at) == expected) {
        at++;
        return true;
      }
      return false;
    }

    void sign() {
      if (accept('-') || accept('\u2212')) {
        plain.append('-');
      } else {
        accept('+');
      }
    }

    /** A sign that says of what, with the space around it. */
    void unit() {
      int from = at;
      spaces();
      if (!ended() && unit(cell.charAt(at))) {
        at++;
        spaces();
      } else {
        at = from;
      }
    }

    private void spaces() {
      while (!ended() && Character.isSpaceChar(cell.charAt(at))) {
        at++;
      }
    }

    private static boolean unit(char c) {
      return c == '%' || Character.getType(c) == Character.CURRENCY_SYMBOL;
    }

    /** Digits alone. */
    int run() {
      int from = at;
      while (!ended() && digit(cell.charAt(at))) {
        plain.append(cell.charAt(at++));
      }
      return at - from;
    }

    /** The part before the decimal mark, which may be empty; false if its groups are none. */
    boolean whole(Notation notation) {
      digits = run();
      if (ended() || !notation.groups(cell.charAt(at))) {
        return true;
      }
      char separator = cell.charAt(at);
      if (!digitAt(at + 1)) {
        return true; // such as the space before a unit
      }
      if (digits == 0 || digits > GROUP) {
        return false;
      }
      while (digitAt(at + 1) && accept(separator)) {
        if (run() != GROUP) {
          return false;
        }
        digits += GROUP;
      }
      return true;
    }

    private boolean digitAt(int place) {
      return place < cell.length() && digit(cell.charAt(place));
    }

    private static boolean digit(char c) {
      return c >= '0' && c <= '9';
    }
  }
}
