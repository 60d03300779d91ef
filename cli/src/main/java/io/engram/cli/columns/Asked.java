package io.engram.cli.columns;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What somebody says about the columns of a table.
 *
 * @param key column with the task key
 * @param label column to be predicted
 * @param ignore columns that are neither key, label nor feature
 * @param choices what single columns are
 * @param kind what the label column holds
 * @param blanks what becomes of missing values, and what they look like
 * @param decimal how numbers are written
 * @param spareClasses outputs kept for classes that turn up later
 */
public record Asked(
    String key,
    String label,
    List<String> ignore,
    List<ColumnChoice> choices,
    LabelKind kind,
    Blanks blanks,
    Decimal decimal,
    int spareClasses) {

  public Asked {
    ignore = List.copyOf(ignore);
    choices = List.copyOf(choices);
    if (spareClasses < 0) {
      throw new IllegalArgumentException("spare-classes must be 0 or more, found " + spareClasses);
    }
  }

  /** With missing values as other programs write them. */
  public Asked(
      String key,
      String label,
      List<String> ignore,
      List<ColumnChoice> choices,
      LabelKind kind,
      Missing missing,
      Decimal decimal,
      int spareClasses) {
    this(
        key, label, ignore, choices, kind, new Blanks(missing, Marks.USUAL), decimal, spareClasses);
  }

  /** Key and label alone are told; the rest is found out. */
  public static Asked of(String key, String label) {
    return new Asked(
        key, label, List.of(), List.of(), LabelKind.AUTO, Missing.MARK, Decimal.AUTO, 4);
  }

  /** What becomes of rows with missing features. */
  public Missing missing() {
    return blanks.fate();
  }

  /** What is said of a column. */
  Optional<ColumnChoice> choice(String column) {
    return choices.stream().filter(it -> it.column().equals(column)).reduce((a, b) -> b);
  }

  /** What the numbers depend on, by name, but for what the data itself tells; what is left at its default is left out if it is new. */
  public Map<String, String> identity() {
    Map<String, String> identity =
        new TreeMap<>(
            Map.of(
                "key",
                key,
                "label",
                label,
                "ignore",
                String.join(",", ignore),
                "missing",
                missing().name()));
    if (!choices.isEmpty()) {
      identity.put("taken-as", String.join(",", choices.stream().map(Object::toString).toList()));
    }
    if (!blanks.marks().equals(Marks.USUAL)) {
      identity.put(ColumnPlan.MARKS, String.join(ColumnPlan.BETWEEN, blanks.marks().words()));
    }
    if (decimal != Decimal.AUTO) {
      identity.put("decimal", decimal.name());
    }
    return identity;
  }
}
