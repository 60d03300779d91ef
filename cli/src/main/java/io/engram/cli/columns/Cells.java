package io.engram.cli.columns;

import java.util.Locale;
import java.util.Set;

/** What stands for a value that is not there. */
public final class Cells {

  private static final Set<String> MISSING = Set.of("", "?", "NA");
  private static final Set<String> MISSING_FEATURE =
      Set.of("n/a", "nan", "nat", "null", "#n/a", "<na>");
  private static final Set<String> NO_QUANTITY =
      Set.of(
          "none", "-", "--", ".", "nil", "n.a.", "unknown", "missing", "#value!", "#div/0!",
          "#ref!", "#num!");
  private static final int LONGEST = 8;

  private Cells() {}

  /** Of a key or a label: empty, {@code ?} or {@code NA}. */
  public static boolean missing(String cell) {
    return MISSING.contains(cell);
  }

  /** Of a feature: also {@code NaN}, {@code null} and {@code N/A}, as other programs write them. */
  static boolean missingFeature(String cell) {
    return missing(cell)
        || (cell.length() <= 4 && MISSING_FEATURE.contains(cell.toLowerCase(Locale.ROOT)));
  }

  /** Of a number, a date, a yes or no: also {@code None}, {@code unknown} and dashes, which might name something in a column of text. */
  static boolean missingQuantity(String cell) {
    return missingFeature(cell)
        || (cell.length() <= LONGEST && NO_QUANTITY.contains(cell.toLowerCase(Locale.ROOT)));
  }
}
