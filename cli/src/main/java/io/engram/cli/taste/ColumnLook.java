package io.engram.cli.taste;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What the cells of one column look like. */
final class ColumnLook {

  private static final Set<String> MISSING = Set.of("", "?", "NA");

  /** More different numbers than these are no classes. */
  private static final int MOST_NUMBERED_CLASSES = 20;

  private long missing;
  private long numbers;
  private long texts;
  private boolean fractions;
  private String text = "";
  private final Set<String> few = new HashSet<>();

  void add(String cell) {
    if (MISSING.contains(cell)) {
      missing++;
      return;
    }
    if (few.size() <= MOST_NUMBERED_CLASSES) {
      few.add(cell);
    }
    try {
      double value = Double.parseDouble(cell);
      numbers++;
      fractions |= value != Math.rint(value);
    } catch (NumberFormatException e) {
      texts++;
      text = text.isEmpty() ? cell : text;
    }
  }

  /** Whether it can be a feature: numbers, but for a few cells. */
  boolean numeric() {
    return numbers > texts;
  }

  /** Whether as a label it means numbers, not classes. */
  boolean quantities() {
    return texts == 0 && numbers > 0 && (fractions || few.size() > MOST_NUMBERED_CLASSES);
  }

  boolean holdsNumbers() {
    return numbers > 0;
  }

  /** One of the cells that are no numbers. */
  String text() {
    return text;
  }

  /** Of a column that cannot be a feature. */
  String whyLeftOut() {
    return texts == 0 ? "empty" : "text such as '%s'".formatted(text);
  }

  /** Of a feature. */
  String remark() {
    if (texts > 0) {
      return "%,d cells hold text such as '%s': their rows are left out".formatted(texts, text);
    }
    if (missing > 0) {
      return String.format(
          Locale.ROOT, "%.1f %% missing", 100.0 * missing / (missing + numbers + texts));
    }
    return few.size() == 1 ? "the same in every row" : "";
  }
}
