package io.engram.cli.columns;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What stands for a value that is not there; an empty cell always does.
 *
 * @param usual whether that which other programs write does, such as {@code NA}, {@code NaN}, {@code null} and {@code \N}
 * @param more others, among them numbers in whatever way they are written
 */
public record Marks(boolean usual, List<String> more) {

  /** What other programs write. */
  public static final Marks USUAL = new Marks(true, List.of());

  /** The word for what is usual. */
  public static final String AUTO = "auto";

  static final String NONE = "none";

  /** What stands for a missing value, and for Namibia. */
  static final String NOT_AVAILABLE = "NA";

  private static final Set<String> EXACT = Set.of("?", NOT_AVAILABLE);
  private static final Set<String> NOTHING =
      Set.of(
          "n/a",
          "nan",
          "-nan",
          "nat",
          "null",
          "(null)",
          "[null]",
          "\\n",
          "#n/a",
          "#na",
          "#n/a n/a",
          "<na>",
          "1.#ind",
          "-1.#ind",
          "1.#qnan",
          "-1.#qnan");
  private static final Set<String> NO_QUANTITY =
      Set.of(
          "none", "-", "--", ".", "nil", "n.a.", "unknown", "missing", "#value!", "#div/0!",
          "#ref!", "#num!");
  private static final int LONGEST = 8;

  public Marks {
    more = List.copyOf(more);
  }

  /** Reads a list of words; {@code auto} stands for what is usual, {@code none} for no word at all. */
  public static Marks of(List<String> words) {
    List<String> more = new ArrayList<>(words);
    boolean usual = more.remove(AUTO);
    more.remove(NONE);
    return new Marks(usual, more);
  }

  /** As {@link #of} reads them. */
  public List<String> words() {
    List<String> words = new ArrayList<>(more);
    if (usual) {
      words.add(0, AUTO);
    }
    return words.isEmpty() ? List.of(NONE) : words;
  }

  /** Whether a key, a class or a text is missing. */
  public boolean missing(String cell) {
    return cell.isEmpty()
        || (usual
            && (EXACT.contains(cell)
                || (cell.length() <= LONGEST && NOTHING.contains(cell.toLowerCase(Locale.ROOT)))))
        || (!more.isEmpty() && said(cell));
  }

  /** Whether a number, a date, a yes or no is: also {@code None}, {@code unknown} and dashes, which might name something in a text. */
  public boolean missingQuantity(String cell) {
    return missing(cell)
        || (usual
            && cell.length() <= LONGEST
            && NO_QUANTITY.contains(cell.toLowerCase(Locale.ROOT)));
  }

  private boolean said(String cell) {
    if (more.contains(cell)) {
      return true;
    }
    Set<BigDecimal> numbers = new HashSet<>(Spelling.numbers(cell));
    return !numbers.isEmpty()
        && more.stream().anyMatch(it -> Spelling.numbers(it).stream().anyMatch(numbers::contains));
  }
}
