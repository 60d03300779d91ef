package io.engram.cli.columns;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Yes (1) or no (0), in any of the words people use. */
public record YesNo() implements Meaning {

  private static final Set<String> YES = Set.of("true", "yes", "y", "t", "on", "1");
  private static final Set<String> NO = Set.of("false", "no", "n", "f", "off", "0");

  static boolean fits(String cell) {
    String word = cell.toLowerCase(Locale.ROOT);
    return YES.contains(word) || NO.contains(word);
  }

  @Override
  public List<String> suffixes() {
    return List.of("");
  }

  @Override
  public String words() {
    return "yes or no";
  }

  @Override
  public void encode(String cell, float[] row, int at) throws BadCell {
    if (!fits(cell)) {
      throw new BadCell(
          "not-yes-or-no", "found '%s', expected yes or no, true or false, 1 or 0".formatted(cell));
    }
    row[at] = YES.contains(cell.toLowerCase(Locale.ROOT)) ? 1 : 0;
  }
}
