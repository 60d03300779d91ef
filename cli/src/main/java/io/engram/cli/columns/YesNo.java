package io.engram.cli.columns;

import java.util.HashSet;
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

  /** Whether cells that all {@link #fits fit} mean one thing by yes and one by no, as {@code y}, {@code n} and {@code t} do not. */
  static boolean oneOfEach(List<String> cells) {
    Set<String> words = new HashSet<>();
    cells.forEach(cell -> words.add(cell.toLowerCase(Locale.ROOT)));
    words.removeAll(Set.of("0", "1"));
    return words.stream().filter(YES::contains).count() <= 1
        && words.stream().filter(NO::contains).count() <= 1;
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
