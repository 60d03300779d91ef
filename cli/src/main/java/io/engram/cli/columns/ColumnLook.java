package io.engram.cli.columns;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a first look finds in one column. */
final class ColumnLook {

  /** More distinct texts than these are many, however many. */
  private static final int MOST_DISTINCT = 1000;

  private static final int DATES_TRIED = 500;

  private final Map<String, Integer> distinct = new LinkedHashMap<>();
  private final Map<String, Integer> dates = new LinkedHashMap<>();
  private int missing;
  private int missingQuantities;
  private int cells;
  private int points;
  private int commas;
  private int yesNo;
  private int datesTried;
  private long words;
  private @Nullable Long counted;
  private boolean counts = true;
  private @Nullable String text;

  void add(String cell) {
    count(cell);
    if (Cells.missingFeature(cell)) {
      missing++;
      return;
    }
    cells++;
    if (distinct.size() < MOST_DISTINCT || distinct.containsKey(cell)) {
      distinct.merge(cell, 1, Integer::sum);
    }
    if (Cells.missingQuantity(cell)) {
      missingQuantities++;
      return;
    }
    boolean point = Notation.POINT.fits(cell);
    boolean comma = Notation.COMMA.fits(cell);
    points += point ? 1 : 0;
    commas += comma ? 1 : 0;
    yesNo += YesNo.fits(cell) ? 1 : 0;
    if (!point && !comma) {
      text = text == null ? cell : text;
      words += Sentences.count(cell);
      date(cell);
    }
  }

  /** Cells that are not missing. */
  int cells() {
    return cells;
  }

  /** Those of them that a number, a date, a yes or no would have to be. */
  int quantities() {
    return cells - missingQuantities;
  }

  boolean gaps(Meaning meaning) {
    return missing > 0 || (meaning.averaged() && missingQuantities > 0);
  }

  int fitting(Notation notation) {
    return notation == Notation.POINT ? points : commas;
  }

  int yesNo() {
    return yesNo;
  }

  /** Distinct texts and how often each came; at most {@value #MOST_DISTINCT}. */
  Map<String, Integer> distinct() {
    return distinct;
  }

  /** The first cell that is no number. */
  @Nullable String text() {
    return text;
  }

  /** Words of a cell that is no number, on the average. */
  double words() {
    int texts = cells - missingQuantities - Math.max(points, commas);
    return texts <= 0 ? 0 : words / (double) texts;
  }

  /** The share of the cells tried that are dates of a pattern. */
  double dateShare(String pattern) {
    return datesTried == 0 ? 0 : dates.getOrDefault(pattern, 0) / (double) datesTried;
  }

  /** Whether every row held a number one above that of the row before. */
  boolean countsRows(int rows) {
    return counts && counted != null && rows >= 2;
  }

  private void count(String cell) {
    if (!counts) {
      return;
    }
    Long number = whole(cell);
    counts =
        number != null && (counted == null ? number == 0 || number == 1 : number == counted + 1);
    counted = number;
  }

  private static @Nullable Long whole(String cell) {
    if (cell.isEmpty() || cell.length() > 15 || !cell.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    return Long.valueOf(cell);
  }

  private void date(String cell) {
    if (datesTried >= DATES_TRIED) {
      return;
    }
    datesTried++;
    if (!cell.chars().anyMatch(c -> c >= '0' && c <= '9')) {
      return;
    }
    for (String pattern : DateForm.PATTERNS) {
      if (DateForm.of(pattern).read(cell) != null) {
        dates.merge(pattern, 1, Integer::sum);
      }
    }
  }

  /** The texts, sorted. */
  List<String> values() {
    return distinct.keySet().stream().sorted().toList();
  }
}
