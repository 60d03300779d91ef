package io.engram.cli.columns;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a first look finds in one column. */
final class ColumnLook {

  private static final int DATES_TRIED = 500;
  private static final int LONGEST_MEASURE = 30;
  private static final Pattern MEASURE =
      Pattern.compile(
          "[A-Z]{3} ?[-+]?\\d[\\d.,']*|[-+]?\\d[\\d.,']* ?[A-Za-z\u00b0\u00b5%/\u00b2\u00b3]{1,5}");
  private static final double MOSTLY = 0.8;

  private final Set<String> distinct = new LinkedHashSet<>();
  private final Map<String, Integer> dates = new HashMap<>();
  private final Marks marks;
  private int notAvailable;
  private int measured;
  private @Nullable String measure;
  private int missing;
  private int rows;
  private int missingQuantities;
  private int cells;
  private int points;
  private int commas;
  private int yesNo;
  private int datesTried;
  private long words;
  private @Nullable String text;

  ColumnLook(Marks marks) {
    this.marks = marks;
  }

  void add(String cell) {
    rows++;
    notAvailable += cell.equals(Marks.NOT_AVAILABLE) ? 1 : 0;
    if (marks.missing(cell)) {
      missing++;
      return;
    }
    cells++;
    distinct.add(cell);
    if (marks.missingQuantity(cell)) {
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
      if (cell.length() <= LONGEST_MEASURE && MEASURE.matcher(cell).matches()) {
        measured++;
        measure = measure == null ? cell : measure;
      }
      date(cell);
    }
  }

  /** One behind the first part, which may be missing. */
  void later(String cell) {
    rows++;
    missing += marks.missing(cell) ? 1 : 0;
  }

  /** Cells that say {@code NA}. */
  int notAvailable() {
    return notAvailable;
  }

  /** Cells that are not missing. */
  int cells() {
    return cells;
  }

  /** Those of them that a number, a date, a yes or no would have to be. */
  int quantities() {
    return cells - missingQuantities;
  }

  /** The share of cells that are missing for a column of this meaning. */
  double missingShare(Meaning meaning) {
    int gaps = missing + (meaning.averaged() ? missingQuantities : 0);
    return rows == 0 ? 0 : gaps / (double) rows;
  }

  int fitting(Notation notation) {
    return notation == Notation.POINT ? points : commas;
  }

  int yesNo() {
    return yesNo;
  }

  /** How many distinct texts there are. */
  int distinct() {
    return distinct.size();
  }

  /** The first cell that is no number. */
  @Nullable String text() {
    return text;
  }

  /** The first cell that is a number with a unit beside it, if most that are no numbers are such; else null. */
  @Nullable String measure() {
    int texts = cells - missingQuantities - Math.max(points, commas);
    return texts > 0 && measured >= MOSTLY * texts ? measure : null;
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

  /** Whether they are whole numbers, each another. */
  boolean numbersRows() {
    return missing == 0
        && distinct.size() == cells
        && distinct.stream().allMatch(cell -> cell.chars().allMatch(c -> c >= '0' && c <= '9'));
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
    return distinct.stream().sorted().toList();
  }
}
