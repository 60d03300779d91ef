package io.engram.cli.columns;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How classes are written. Where all of them are numbers, one class is meant by {@code 1}, {@code 1.0} and {@code 1,0}. Immutable. */
public final class Spelling {

  private static final int LONGEST = 30;

  private final List<String> classes;
  private final Map<BigDecimal, String> byNumber = new HashMap<>();

  /**
   * @param classes as they are to be written
   */
  public Spelling(List<String> classes) {
    this.classes = List.copyOf(classes);
    for (String it : classes) {
      List<BigDecimal> numbers = plain(it) ? numbers(it) : List.of();
      if (numbers.isEmpty()) {
        byNumber.clear();
        return;
      }
      byNumber.putIfAbsent(numbers.get(0), it);
    }
  }

  /** The class that is meant by what is written; what is none of them stays as it is. */
  public String of(String written) {
    if (byNumber.isEmpty() || classes.contains(written) || !plain(written)) {
      return written;
    }
    return numbers(written).stream()
        .map(byNumber::get)
        .filter(it -> it != null)
        .findFirst()
        .orElse(written);
  }

  /** The first of the classes that is the same number; a class that is none is its own. */
  String first(String written) {
    return byNumber.isEmpty() ? written : byNumber.getOrDefault(numbers(written).get(0), written);
  }

  /** The numbers that may be meant, with a decimal point first and with a decimal comma last. */
  static List<BigDecimal> numbers(String cell) {
    List<BigDecimal> numbers = new ArrayList<>();
    if (cell.isEmpty() || cell.length() > LONGEST) {
      return numbers;
    }
    for (Notation notation : Notation.values()) {
      String plain = notation.plain(cell);
      if (plain != null) {
        numbers.add(new BigDecimal(plain).stripTrailingZeros());
      }
    }
    return numbers;
  }

  /** Codes such as 007 are not numbers that somebody has written in another way. */
  private static boolean plain(String cell) {
    boolean padded =
        cell.length() > 1 && cell.charAt(0) == '0' && Character.isDigit(cell.charAt(1));
    return !padded
        && !cell.isEmpty()
        && cell.chars().allMatch(c -> "0123456789.,-".indexOf(c) >= 0);
  }
}
